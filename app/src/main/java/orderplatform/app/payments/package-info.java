/** A payment provider to try the platform with: it keeps its own books and misbehaves on request. */
@NullMarked
package orderplatform.app.payments;

import org.jspecify.annotations.NullMarked;
