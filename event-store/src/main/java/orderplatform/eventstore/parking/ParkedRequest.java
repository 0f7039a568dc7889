package orderplatform.eventstore.parking;

import java.util.UUID;

/**
 * What an operator asks to be done about a parked sequence.
 *
 * @param processor the reader that parked it
 * @param sequence what its events have in common, such as an order's id
 * @param position of the event that the operator saw failing
 */
public record ParkedRequest(
        UUID parkedId, String processor, String sequence, Action action, long position, String reason) {

    public enum Action {
        /** Handle what waits. */
        RETRY,
        /** Pass over the event that failed, and handle those behind it. */
        SKIP,
        /** Give up the order, and end its saga. */
        COMPENSATE
    }
}
