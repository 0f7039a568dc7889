/** Reasons not to start, each said in one line. */
@NullMarked
package orderplatform.app.start;

import org.jspecify.annotations.NullMarked;
