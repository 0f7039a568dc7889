/**
 * What the platform is compared with besides its peers: PostgreSQL alone, an empty web application, and the same
 * product by hand.
 */
package orderplatform.app.benchmarks.floor;
