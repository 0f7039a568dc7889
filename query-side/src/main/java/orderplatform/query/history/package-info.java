/** Every event of one order, to explain what happened to it. */
@NullMarked
package orderplatform.query.history;

import org.jspecify.annotations.NullMarked;
