/** Views in Redis, which may be gone, slow or behind without an answer being wrong. */
@NullMarked
package orderplatform.query.cache;

import org.jspecify.annotations.NullMarked;
