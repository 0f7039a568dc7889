/** The one boot jar: what runs in which role, and how it starts. */
@NullMarked
package orderplatform.app;

import org.jspecify.annotations.NullMarked;
