/** Placing and cancelling orders. */
@NullMarked
package orderplatform.command.orders;

import org.jspecify.annotations.NullMarked;
