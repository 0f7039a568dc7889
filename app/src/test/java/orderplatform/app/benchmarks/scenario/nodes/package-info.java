/**
 * Scenarios about nodes: their start, their first minute, two of them, and one without Redis.
 */
package orderplatform.app.benchmarks.scenario.nodes;
