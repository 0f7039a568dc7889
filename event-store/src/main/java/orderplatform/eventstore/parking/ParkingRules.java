package orderplatform.eventstore.parking;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.axonframework.eventhandling.EventMessage;

/**
 * When a reader gives an event up, and what then waits with it.
 *
 * @param sequenceOf what events have in common that must be handled in order; an event without a sequence is never
 *     parked, its reader stops there. Must not fail if the event's payload can't be read
 * @param isOutage whether a failure says that something outside is gone, which a reader waits for however long it takes
 * @param attempts how often any other failure may happen, at least 1
 */
public record ParkingRules(
        Function<EventMessage<?>, Optional<String>> sequenceOf, Predicate<Throwable> isOutage, int attempts) {}
