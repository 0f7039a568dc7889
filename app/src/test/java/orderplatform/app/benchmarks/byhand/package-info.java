/**
 * F7: the same product as one would write it by hand for exactly what B1 does, without a framework. A program of its own
 * that knows nothing of the platform, only its servers.
 */
package orderplatform.app.benchmarks.byhand;
