/** The readers of the log: their positions, their claims, and how they follow the log. */
@NullMarked
package orderplatform.eventstore.reader;

import org.jspecify.annotations.NullMarked;
