/**
 * The traces of a run, read: calls of clients, events of the log, published positions, and the provider's books.
 */
package orderplatform.app.faults.checker.trace;
