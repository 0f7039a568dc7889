/** The vocabulary of payments, one for each order. */
@NullMarked
package orderplatform.api.payments;

import org.jspecify.annotations.NullMarked;
