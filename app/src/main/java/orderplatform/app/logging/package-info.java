/** What log lines say about the message that is being handled. */
@NullMarked
package orderplatform.app.logging;

import org.jspecify.annotations.NullMarked;
