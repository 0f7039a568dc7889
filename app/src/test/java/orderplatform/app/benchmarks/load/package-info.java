/**
 * The load on a platform: shops with their clients, orders, imports and logs. Audits what became of each order.
 */
package orderplatform.app.benchmarks.load;
