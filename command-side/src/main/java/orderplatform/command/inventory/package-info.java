/** Stock per SKU, and the queue before the few SKUs that everybody wants. */
@NullMarked
package orderplatform.command.inventory;

import org.jspecify.annotations.NullMarked;
