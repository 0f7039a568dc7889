/** The platform on its own engine: the log, the lanes and the stores of module {@code event-store}. */
@NullMarked
package orderplatform.app.engine;

import org.jspecify.annotations.NullMarked;
