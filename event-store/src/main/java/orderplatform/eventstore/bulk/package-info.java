/** Long stretches of the log, read as fast as PostgreSQL gives them. */
@NullMarked
package orderplatform.eventstore.bulk;

import org.jspecify.annotations.NullMarked;
