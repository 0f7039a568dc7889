/** The vocabulary of stock, one stream for each SKU. */
@NullMarked
package orderplatform.api.inventory;

import org.jspecify.annotations.NullMarked;
