/** The event log as anyone may read it: by position, filtered by type or stream. */
@NullMarked
package orderplatform.query.log;

import org.jspecify.annotations.NullMarked;
