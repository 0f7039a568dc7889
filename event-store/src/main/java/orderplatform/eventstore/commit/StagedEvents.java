package orderplatform.eventstore.commit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;

/** The events of a batch that are to be appended, in their order, each with the command that led to it. */
final class StagedEvents {

    private final List<Staged> all = new ArrayList<>();
    private int reactedTo;

    private record Staged(EventMessage<?> event, Waiting by) {}

    /** The stream of an event, if it is an aggregate's. */
    static Optional<String> streamOf(EventMessage<?> event) {
        return event instanceof DomainEventMessage<?> of ? Optional.of(of.getAggregateIdentifier()) : Optional.empty();
    }

    void add(EventMessage<?> event, Waiting by) {
        all.add(new Staged(event, by));
    }

    /** Takes events out that nothing has reacted to yet. */
    void remove(Collection<? extends EventMessage<?>> events) {
        all.subList(reactedTo, all.size()).removeIf(staged -> events.contains(staged.event()));
    }

    /** Hands on each event that was staged since the last time, and those that are staged meanwhile. */
    void forEachNew(BiConsumer<EventMessage<?>, Waiting> reaction) {
        while (reactedTo < all.size()) {
            var next = all.get(reactedTo++);
            reaction.accept(next.event(), next.by());
        }
    }

    Stream<DomainEventMessage<?>> of(String stream) {
        return all.stream()
                .map(Staged::event)
                .filter(event -> streamOf(event).filter(stream::equals).isPresent())
                .map(event -> (DomainEventMessage<?>) event);
    }

    /** Those of some commands. */
    List<? extends EventMessage<?>> by(Predicate<Waiting> commands) {
        return all.stream()
                .filter(staged -> commands.test(staged.by()))
                .map(Staged::event)
                .toList();
    }

    int size() {
        return all.size();
    }
}
