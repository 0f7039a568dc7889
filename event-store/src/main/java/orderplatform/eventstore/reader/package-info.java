/** How far the readers of the log got, and what they had to put aside. */
@NullMarked
package orderplatform.eventstore.reader;

import org.jspecify.annotations.NullMarked;
