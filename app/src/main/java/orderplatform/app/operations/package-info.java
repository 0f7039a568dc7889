/** What operators look at and do: the sagas under way, and what is parked. */
@NullMarked
package orderplatform.app.operations;

import org.jspecify.annotations.NullMarked;
