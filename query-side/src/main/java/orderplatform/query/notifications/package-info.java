/** What customers are told: the ledger of what is to be sent, and of what was sent to whom, when and why. */
@NullMarked
package orderplatform.query.notifications;

import org.jspecify.annotations.NullMarked;
