/**
 * Proxies between nodes and servers. A proxy cuts, holds or slows a connection, or acts at a chosen message of the
 * protocol.
 */
package orderplatform.app.faults.wire;
