/** Real servers for whatever is not configured, with their data in one folder, so that the platform runs alone. */
@NullMarked
package orderplatform.app.embedded;

import org.jspecify.annotations.NullMarked;
