package orderplatform.app.operations;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import orderplatform.eventstore.reader.ParkedEvents;
import orderplatform.eventstore.reader.ParkingTables;
import orderplatform.query.notifications.DeadMessages;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Events that projections or the relay parked, and messages that were given up. On stock stores no event is ever parked. */
@Component
class DeadLetters {

    /** Whose parked events are shown as sagas. All others are projections, which there may be more of on other nodes, or the relay. */
    private static final List<String> SAGAS = List.of("fulfilment", "payments");

    private final ObjectProvider<ParkingTables> parked;
    private final ObjectProvider<ParkedEvents> parkedEvents;
    private final ObjectProvider<DeadMessages> messages;

    DeadLetters(
            ObjectProvider<ParkingTables> parked,
            ObjectProvider<ParkedEvents> parkedEvents,
            ObjectProvider<DeadMessages> messages) {
        this.parked = parked;
        this.parkedEvents = parkedEvents;
        this.messages = messages;
    }

    /** Oldest first. */
    List<DeadLetter> page(DeadLetterCursor after, int limit) {
        var events = parked.stream()
                .flatMap(tables -> tables.pageWithout(SAGAS, after.time(), after.id(), limit).stream())
                .map(DeadLetter::of);
        var given = messages.stream()
                .flatMap(it -> it.page(after.time(), after.id(), limit).stream())
                .map(DeadLetter::of);
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
        var message = messages.stream().flatMap(it -> it.find(id).stream()).map(DeadLetter::of);
        return Stream.concat(event, message).findFirst();
    }

    /** What is left of it: an event that failed again; a message is on its way, and comes back where it fails. */
    Optional<DeadLetter> retry(DeadLetter letter) {
        if (letter.kind().equals("message")) {
            messages.forEach(it -> it.sendAgain(letter.id()));
            return Optional.empty();
        }
        return parkedEvents.getObject().retry(letter.id()).map(DeadLetter::of);
    }

    /** Drops the message, or the event; the events that waited behind it are handled. */
    void drop(DeadLetter letter, String actor) {
        if (letter.kind().equals("message")) {
            messages.forEach(it -> it.drop(letter.id()));
        } else {
            parkedEvents.getObject().skip(letter.id(), "dropped by " + actor);
        }
    }
}
