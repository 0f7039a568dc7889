/** A PostgreSQL engine for Axon 4: one gapless log, commands committed in groups, readers that write by batch. */
@NullMarked
package orderplatform.eventstore;

import org.jspecify.annotations.NullMarked;
