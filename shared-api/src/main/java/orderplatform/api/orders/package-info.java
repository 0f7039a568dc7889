/** The vocabulary of orders: what can be asked of one, what can have happened to it, and how it is shown. */
@NullMarked
package orderplatform.api.orders;

import org.jspecify.annotations.NullMarked;
