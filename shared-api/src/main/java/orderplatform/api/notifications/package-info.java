/** What customers were told. */
@NullMarked
package orderplatform.api.notifications;

import org.jspecify.annotations.NullMarked;
