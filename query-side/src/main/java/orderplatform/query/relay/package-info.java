/** The log's way to RabbitMQ: every event as a CloudEvent, at least once and in order. */
@NullMarked
package orderplatform.query.relay;

import org.jspecify.annotations.NullMarked;
