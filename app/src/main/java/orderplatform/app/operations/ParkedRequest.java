package orderplatform.app.operations;

import java.util.UUID;

/**
 * What an operator asks to be done about a parked sequence.
 *
 * @param processor the reader that parked it
 * @param sequence what its events have in common, such as an order's id
 * @param position of the event that the operator saw failing
 */
record ParkedRequest(UUID parkedId, String processor, String sequence, Action action, long position, String reason) {

    enum Action {
        /** Handle what waits. */
        RETRY,
        /** Pass over the event that failed, and handle those behind it. */
        SKIP,
        /** Give up the order, and end its saga. */
        COMPENSATE
    }
}
