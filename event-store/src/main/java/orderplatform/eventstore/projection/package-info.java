/** Rows of projections, read and written once per batch of events. */
@NullMarked
package orderplatform.eventstore.projection;

import org.jspecify.annotations.NullMarked;
