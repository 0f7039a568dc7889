/** Revenue per day and SKU: its projection, its query and its endpoint. {@code docs/new-projection.md} builds it step by step. */
@NullMarked
package orderplatform.query.revenue;

import org.jspecify.annotations.NullMarked;
