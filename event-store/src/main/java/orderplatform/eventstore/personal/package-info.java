/** Personal data in events: sealed with a key per person, so that it is gone everywhere when the key is. */
@NullMarked
package orderplatform.eventstore.personal;

import org.jspecify.annotations.NullMarked;
