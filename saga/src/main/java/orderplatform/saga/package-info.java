/** Process managers: what happens next, and what is undone when it can't. */
@NullMarked
package orderplatform.saga;

import org.jspecify.annotations.NullMarked;
