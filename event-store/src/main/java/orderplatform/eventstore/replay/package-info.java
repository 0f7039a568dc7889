/** Builds a projection's rows anew from the log, beside those that are live, and puts them in their place. */
@NullMarked
package orderplatform.eventstore.replay;

import org.jspecify.annotations.NullMarked;
