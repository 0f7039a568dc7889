/** Messages of the broker that were given up: how they get there, and their table, to show, send again and drop them. */
@NullMarked
package orderplatform.query.deadletters;

import org.jspecify.annotations.NullMarked;
