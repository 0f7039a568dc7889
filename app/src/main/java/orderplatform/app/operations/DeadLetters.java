package orderplatform.app.operations;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import orderplatform.eventstore.parking.ParkedRequest.Action;
import orderplatform.eventstore.parking.ParkingTables;
import orderplatform.query.deadletters.DeadMessages;
import orderplatform.saga.fulfilment.OrderFulfilment;
import orderplatform.saga.payments.PaymentExecution;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Events that projections or the relay parked, and the broker's dead letters. On Axon's own stores no event is ever parked. */
@Component
class DeadLetters {

    /** Whose parked events are shown as sagas. All others are projections, which there may be more of on other nodes, or the relay. */
    private static final List<String> SAGAS = List.of(OrderFulfilment.PROCESSOR, PaymentExecution.PROCESSOR);

    private final ObjectProvider<ParkingTables> parked;
    private final ObjectProvider<ParkedActions> actions;
    private final DeadMessages messages;

    DeadLetters(ObjectProvider<ParkingTables> parked, ObjectProvider<ParkedActions> actions, DeadMessages messages) {
        this.parked = parked;
        this.actions = actions;
        this.messages = messages;
    }

    /** Oldest first. */
    List<DeadLetter> page(DeadLetterCursor after, int limit) {
        var events = parked.stream()
                .flatMap(tables -> tables.pageWithout(SAGAS, after.time(), after.id(), limit).stream())
                .map(DeadLetter::of);
        var given = messages.page(after.time(), after.id(), limit).stream().map(DeadLetter::of);
        return Stream.concat(events, given)
                .sorted(Comparator.comparing(DeadLetter::since)
                        .thenComparing(it -> it.id().toString()))
                .limit(limit)
                .toList();
    }

    Optional<DeadLetter> find(UUID id) {
        var event = parked.stream()
                .flatMap(tables -> tables.find(id).stream())
                .filter(it -> !SAGAS.contains(it.processor()))
                .map(DeadLetter::of);
        var message = messages.find(id).stream().map(DeadLetter::of);
        return Stream.concat(event, message).findFirst();
    }

    /**
     * Handles the event and those behind it, or sends the message again, which comes back if it fails again.
     *
     * @return whether it is done; if not, a node that runs the reader does it within an hour
     */
    boolean retry(DeadLetter letter, String actor) {
        if (letter.isMessage()) {
            messages.sendAgain(letter.id());
            return true;
        }
        return perform(Action.RETRY, letter, "retried by " + actor);
    }

    /** Drops the message, or the event; the events that waited behind it are handled. Returns as {@link #retry}. */
    boolean drop(DeadLetter letter, String actor) {
        if (letter.isMessage()) {
            messages.drop(letter.id());
            return true;
        }
        return perform(Action.SKIP, letter, "dropped by " + actor);
    }

    private boolean perform(Action action, DeadLetter letter, String reason) {
        return parked.getObject()
                .find(letter.id())
                .map(it -> actions.getObject().perform(it, action, reason))
                .orElse(true);
    }
}
