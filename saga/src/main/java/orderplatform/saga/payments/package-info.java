/** Talks to the payment provider, and asks again where it stays silent. */
@NullMarked
package orderplatform.saga.payments;

import org.jspecify.annotations.NullMarked;
