/** Commands of many callers in one transaction: lanes, batches, conflicts, and the cache of aggregates. */
@NullMarked
package orderplatform.eventstore.commit;

import org.jspecify.annotations.NullMarked;
