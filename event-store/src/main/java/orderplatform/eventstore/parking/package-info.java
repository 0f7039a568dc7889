/** Events that a reader or a saga could not handle: parked with all that follow in their sequence, until an operator decides. */
@NullMarked
package orderplatform.eventstore.parking;

import org.jspecify.annotations.NullMarked;
