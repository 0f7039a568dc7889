/**
 * The stand that is hurt: two nodes with their servers, and proxies on every way between them. The servers are processes
 * that can be stopped.
 */
package orderplatform.app.faults.stand;
