/** What the engine needs of PostgreSQL beside its tables: the migration of the schema, one clock for all nodes, arrays, bounded pages. */
@NullMarked
package orderplatform.eventstore.database;

import org.jspecify.annotations.NullMarked;
