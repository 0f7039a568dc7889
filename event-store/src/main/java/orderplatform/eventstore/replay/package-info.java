/** Rebuilds a projection's rows from the log beside the live rows, and then replaces those. */
@NullMarked
package orderplatform.eventstore.replay;

import org.jspecify.annotations.NullMarked;
