package orderplatform.eventstore.commit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import orderplatform.eventstore.log.Appends;
import orderplatform.eventstore.log.LoggedEvent;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;

/**
 * Commands that share a transaction. It knows which command staged which event and decided on which streams, so that a
 * conflict on one stream takes out the commands that depend on it and no others.
 */
final class CommitBatch implements Appends {

    private final List<Waiting> commands;
    private final Map<Waiting, Set<String>> touched = new IdentityHashMap<>();
    private final Map<String, Waiting> stagedBy = new HashMap<>();
    private final Map<String, Long> expected = new HashMap<>();
    private final Set<String> contested = new HashSet<>();
    private final Set<Waiting> losers = Collections.newSetFromMap(new IdentityHashMap<>());
    private Map<String, List<DomainEventMessage<?>>> ahead = Map.of();
    private Waiting current;
    private @Nullable LoggedEvent appended;

    CommitBatch(List<Waiting> commands) {
        this.commands = commands;
        this.current = commands.getFirst();
    }

    List<Waiting> commands() {
        return commands;
    }

    /** What comes now comes from this command. */
    void handling(Waiting command) {
        current = command;
        touch(command.stream());
    }

    private void touch(String stream) {
        touched.computeIfAbsent(current, it -> new HashSet<>()).add(stream);
    }

    @Override
    public void staged(List<? extends EventMessage<?>> events) {
        for (var event : events) {
            stagedBy.put(event.getIdentifier(), current);
            if (event instanceof DomainEventMessage<?> it) {
                touch(it.getAggregateIdentifier());
            }
        }
    }

    @Override
    public void readFromMemory(String stream, long version) {
        touch(stream);
        expected.putIfAbsent(stream, version);
    }

    void readAhead(Map<String, List<DomainEventMessage<?>>> streams) {
        ahead = streams;
    }

    @Override
    public @Nullable List<DomainEventMessage<?>> readAhead(String stream) {
        return ahead.get(stream);
    }

    @Override
    public Map<String, Long> expected() {
        return expected;
    }

    @Override
    public List<EventMessage<?>> without(Set<String> streams, List<? extends EventMessage<?>> events) {
        lose(streams);
        var kept = new ArrayList<EventMessage<?>>();
        for (var event : events) {
            if (!losers.contains(stagedBy.get(event.getIdentifier()))) {
                kept.add(event);
            }
        }
        return kept;
    }

    /** What a loser touched, others may have built on: they lose too. */
    void lose(Set<String> streams) {
        contested.addAll(streams);
        var lost = new HashSet<>(streams);
        var size = -1;
        while (size != losers.size()) {
            size = losers.size();
            touched.forEach((command, its) -> {
                if (!Collections.disjoint(its, lost)) {
                    losers.add(command);
                    lost.addAll(its);
                }
            });
        }
        expected.keySet().removeAll(lost);
    }

    @Override
    public void appended(LoggedEvent event) {
        appended = event;
    }

    /** An event of this batch, if it came as far as the log. */
    @Nullable
    LoggedEvent appended() {
        return appended;
    }

    /** Streams that another writer appended to first. */
    Set<String> contested() {
        return contested;
    }

    Set<Waiting> losers() {
        return losers;
    }

    Set<String> streamsOf(Set<Waiting> some) {
        var streams = new HashSet<String>();
        some.forEach(command -> streams.addAll(touched.getOrDefault(command, Set.of())));
        return streams;
    }

    Set<String> streams() {
        return streamsOf(touched.keySet());
    }
}
