/** What operators look at and do: the sagas under way, and what had to be put aside. */
@NullMarked
package orderplatform.app.operations;

import org.jspecify.annotations.NullMarked;
