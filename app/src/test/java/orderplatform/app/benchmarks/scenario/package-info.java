/**
 * What a scenario is, and the arena in which a scenario finds the contenders started and warm. The packages below hold
 * the scenarios themselves.
 */
package orderplatform.app.benchmarks.scenario;
