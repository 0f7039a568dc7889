/** Tells customers: the consumer of their events, the letters, and the senders of e-mails and text messages. */
@NullMarked
package orderplatform.query.delivery;

import org.jspecify.annotations.NullMarked;
