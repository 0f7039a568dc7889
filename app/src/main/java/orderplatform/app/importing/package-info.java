/** Drives a stretch of a shop's real invoices through the platform, over its own HTTP calls. */
@NullMarked
package orderplatform.app.importing;

import org.jspecify.annotations.NullMarked;
