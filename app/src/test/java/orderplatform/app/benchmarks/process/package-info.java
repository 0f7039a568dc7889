/**
 * The processes of a run, each apart from the harness: nodes, the servers that they share, and the payment provider.
 * Knows the settings of the run, and what each contender is started with.
 */
package orderplatform.app.benchmarks.process;
