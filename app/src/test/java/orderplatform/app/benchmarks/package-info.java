/**
 * Measures the platform against its peers and floors, in one run: {@code mvn -Pbench verify}. The harness is a JVM of
 * its own that drives platforms, each a JVM of its own, over HTTP.
 */
package orderplatform.app.benchmarks;
