/** Talks to the payment provider, and asks again if it stays silent. */
@NullMarked
package orderplatform.saga.payments;

import org.jspecify.annotations.NullMarked;
