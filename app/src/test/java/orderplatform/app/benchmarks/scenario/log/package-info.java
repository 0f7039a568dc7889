/**
 * Scenarios about a long log: replay, verification, and the rate of orders after many events.
 */
package orderplatform.app.benchmarks.scenario.log;
