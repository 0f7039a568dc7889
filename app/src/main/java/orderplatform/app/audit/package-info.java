/** Proof that the event log is as it was written. */
@NullMarked
package orderplatform.app.audit;

import org.jspecify.annotations.NullMarked;
