/** Calls of auditors: verification of the log, and signed checkpoints. */
@NullMarked
package orderplatform.app.audit;

import org.jspecify.annotations.NullMarked;
