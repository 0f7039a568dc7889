/** The log: its table, the engine that appends to it, and how its readers follow it. */
@NullMarked
package orderplatform.eventstore.log;

import org.jspecify.annotations.NullMarked;
