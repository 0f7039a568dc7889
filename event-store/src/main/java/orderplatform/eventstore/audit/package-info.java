/** Proof that nobody has changed the log: the chain of hashes, exports with their proof, and signed checkpoints. */
@NullMarked
package orderplatform.eventstore.audit;

import org.jspecify.annotations.NullMarked;
