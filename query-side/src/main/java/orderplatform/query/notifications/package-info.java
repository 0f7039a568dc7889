/** What customers are told: the consumer that sends, and the ledger of what was sent to whom, when and why. */
@NullMarked
package orderplatform.query.notifications;

import org.jspecify.annotations.NullMarked;
