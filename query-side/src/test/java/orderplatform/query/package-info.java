/** Specifications of the read side, run against real servers. */
package orderplatform.query;
