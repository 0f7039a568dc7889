/** One SKU's stock as it is shown: its projection, its query and its endpoint. */
@NullMarked
package orderplatform.query.inventory;

import org.jspecify.annotations.NullMarked;
