/** The carried day of real orders, imported at the first start so that there is something to look at. */
@NullMarked
package orderplatform.app.demo;

import org.jspecify.annotations.NullMarked;
