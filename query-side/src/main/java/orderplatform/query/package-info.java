/** What is shown and told: read models, their endpoints, the relay to RabbitMQ and the notifications. A process takes the roles it wants. */
@NullMarked
package orderplatform.query;

import org.jspecify.annotations.NullMarked;
