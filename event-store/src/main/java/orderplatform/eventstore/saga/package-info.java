/** Sagas and their deadlines, loaded and written once per batch of events. */
@NullMarked
package orderplatform.eventstore.saga;

import org.jspecify.annotations.NullMarked;
