/** The money side of an order, and the provider's calls back. */
@NullMarked
package orderplatform.command.payments;

import org.jspecify.annotations.NullMarked;
