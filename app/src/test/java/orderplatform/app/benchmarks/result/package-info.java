/**
 * What a scenario finds: rounds, the figures made of them, ratios, targets, checks and plots.
 */
package orderplatform.app.benchmarks.result;
