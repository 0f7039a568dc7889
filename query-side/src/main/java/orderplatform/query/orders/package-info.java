/** The order as it is shown: its projection, its queries and its endpoints. */
@NullMarked
package orderplatform.query.orders;

import org.jspecify.annotations.NullMarked;
