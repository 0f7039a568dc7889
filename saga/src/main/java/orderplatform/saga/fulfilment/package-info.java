/** From a placed order to a confirmed one: stock first, then money, and everything back if that fails. */
@NullMarked
package orderplatform.saga.fulfilment;

import org.jspecify.annotations.NullMarked;
