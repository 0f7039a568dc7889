/** The vocabulary of revenue: what can be asked of it, and how it is shown. */
@NullMarked
package orderplatform.api.revenue;

import org.jspecify.annotations.NullMarked;
