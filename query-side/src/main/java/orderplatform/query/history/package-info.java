/** Every event of one order, for whoever has to explain what happened to it. */
@NullMarked
package orderplatform.query.history;

import org.jspecify.annotations.NullMarked;
