/** How far the readers of the log got. */
@NullMarked
package orderplatform.eventstore.reader;

import org.jspecify.annotations.NullMarked;
