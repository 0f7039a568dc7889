/** What every store of the platform shares: how events are written, how commands are sent, who reads the log. */
@NullMarked
package orderplatform.app.stores;

import org.jspecify.annotations.NullMarked;
