/** The real jar as several processes: every role by itself, and the topology of {@code docker/compose.yaml}. */
package orderplatform.app.topology;
