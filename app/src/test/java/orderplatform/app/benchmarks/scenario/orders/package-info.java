/**
 * Scenarios about orders and queries: how many per second, how fast, and how many bytes each costs.
 */
package orderplatform.app.benchmarks.scenario.orders;
