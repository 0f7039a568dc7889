package orderplatform.eventstore.commit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import orderplatform.eventstore.log.Appends;
import orderplatform.eventstore.log.LoggedEvent;
import orderplatform.eventstore.log.SagaChange;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;

/**
 * Commands that share a transaction. It knows which command staged which event and decided on which streams, so that a
 * conflict on one stream takes out the commands that depend on it and no others.
 */
final class CommitBatch implements Appends, ReactionBatch {

    /** What one transaction may hold, give or take what the last command of a caller leads to. */
    private static final int MAX_EVENTS_AND_COMMANDS = 2_000;

    private List<Waiting> commands;
    private List<Waiting> leftOut = List.of();
    private int size;
    private final Map<Waiting, Set<String>> touched = new IdentityHashMap<>();
    private final Set<String> known = new HashSet<>();
    private final Map<String, Waiting> stagedBy = new HashMap<>();
    private final Map<String, Long> expected = new HashMap<>();
    private final Set<String> contested = new HashSet<>();
    private final Set<Waiting> losers = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<String, Optional<List<DomainEventMessage<?>>>> ahead = new HashMap<>();
    private Waiting current;
    private final Deque<EventMessage<?>> unreacted = new ArrayDeque<>();
    private final List<Waiting> sent = new ArrayList<>();
    private int takenOfSent;
    private final Reactions reactions;
    private final Map<Reaction, ReactionFailed> parking;
    private @Nullable Reaction reacting;
    private final Set<Reaction> heldBack = new HashSet<>();
    private final Map<ToPark, Waiting> toPark = new LinkedHashMap<>();
    private final Map<Runnable, Waiting> writes = new LinkedHashMap<>();
    private final Map<Runnable, Waiting> afterCommit = new LinkedHashMap<>();
    private @Nullable LoggedEvent appended;
    private long firstPosition;
    private List<? extends EventMessage<?>> inLog = List.of();

    /** @param parking reactions that failed when these commands were tried before */
    CommitBatch(List<Waiting> commands, Reactions reactions, Map<Reaction, ReactionFailed> parking) {
        this.commands = commands;
        this.current = commands.getFirst();
        this.reactions = reactions;
        this.parking = parking;
    }

    /** That of the current unit of work; empty outside of a lane. */
    static Optional<CommitBatch> current() {
        return Optional.ofNullable((CommitBatch) Appends.current());
    }

    /** Whether the batch has become too large for the command of a caller, and for those behind it. */
    boolean leavesOut(Waiting command) {
        if (size < MAX_EVENTS_AND_COMMANDS || command.cause().isPresent()) {
            return false;
        }
        int first = commands.indexOf(command);
        leftOut = commands.subList(first, commands.size());
        commands = commands.subList(0, first);
        return true;
    }

    List<Waiting> leftOut() {
        return leftOut;
    }

    List<Waiting> commands() {
        return commands;
    }

    /** What comes now comes from this command, or from the one to whose event a saga has sent it. */
    void handling(Waiting command) {
        current = command.cause().orElse(command);
        command.stream().ifPresent(this::touch);
    }

    private void touch(String stream) {
        touched.computeIfAbsent(current, it -> new HashSet<>()).add(stream);
        known.add(stream);
    }

    /** Whether the batch has neither come upon the stream yet, which may have changed it in memory, nor read it ahead. */
    boolean isNew(String stream) {
        return !known.contains(stream) && !ahead.containsKey(stream);
    }

    @Override
    public void staged(List<? extends EventMessage<?>> events) {
        for (var event : events) {
            stagedBy.put(event.getIdentifier(), current);
            unreacted.add(event);
            size++;
            if (event instanceof DomainEventMessage<?> it) {
                touch(it.getAggregateIdentifier());
            }
        }
    }

    /** Reacts to what was staged, in its order. */
    void react() {
        for (var event = unreacted.poll(); event != null; event = unreacted.poll()) {
            current = Objects.requireNonNull(stagedBy.get(event.getIdentifier()));
            reactions.react(event, this);
        }
    }

    /** The commands that the reactions have sent since the last time. */
    List<Waiting> takeSent() {
        var taken = List.copyOf(sent.subList(takenOfSent, sent.size()));
        takenOfSent = sent.size();
        return taken;
    }

    /** All that the reactions have sent. */
    List<Waiting> sent() {
        return sent;
    }

    /** The reaction under way; null while a command is handled. */
    @Nullable
    Reaction reacting() {
        return reacting;
    }

    /** A reaction has sent a command, which is handled when the reactions to all events so far are done. */
    void send(Waiting command) {
        command.causedBy(current);
        sent.add(command);
        size++;
    }

    @Override
    public void reacting(@Nullable Reaction reaction) {
        reacting = reaction;
    }

    @Override
    public void dependsOn(String sagaId) {
        touch(sagaId);
    }

    @Override
    public @Nullable ReactionFailed parking(Reaction reaction) {
        return parking.get(reaction);
    }

    @Override
    public void holdBack(Reaction reaction) {
        heldBack.add(reaction);
    }

    @Override
    public boolean isHeldBack(Reaction reaction) {
        return heldBack.contains(reaction);
    }

    @Override
    public void park(ToPark event) {
        toPark.put(event, current);
    }

    @Override
    public List<ToPark> toPark() {
        return winners(toPark);
    }

    @Override
    public void alsoWrite(Runnable write) {
        writes.put(write, current);
    }

    @Override
    public List<Runnable> writes() {
        return winners(writes);
    }

    /** Does it once what is handled now is stored, if it is. */
    void afterCommit(Runnable action) {
        afterCommit.put(action, current);
    }

    /** What is to be done after the commit. */
    List<Runnable> afterCommit() {
        return winners(afterCommit);
    }

    private <T> List<T> winners(Map<T, Waiting> ofCommands) {
        return ofCommands.entrySet().stream()
                .filter(entry -> !losers.contains(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public long position(EventMessage<?> event) {
        if (event instanceof TrackedEventMessage<?> read) {
            return read.trackingToken().position().orElseThrow();
        }
        var ids = inLog.stream().map(EventMessage::getIdentifier).toList();
        return firstPosition + Objects.checkIndex(ids.indexOf(event.getIdentifier()), ids.size());
    }

    @Override
    public void readFromMemory(String stream, long version) {
        touch(stream);
        expected.putIfAbsent(stream, version);
    }

    /** @param events null if the stream is in memory, or has too many to be read with others */
    void readAhead(String stream, @Nullable List<DomainEventMessage<?>> events) {
        ahead.put(stream, Optional.ofNullable(events));
    }

    @Override
    public @Nullable List<DomainEventMessage<?>> readAhead(String stream) {
        return ahead.getOrDefault(stream, Optional.empty()).orElse(null);
    }

    @Override
    public Map<String, Long> expected() {
        return expected;
    }

    @Override
    public List<SagaChange> sagas() {
        return reactions.changes();
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
        reactions.forget(lost);
    }

    @Override
    public void appended(LoggedEvent first, long position, List<? extends EventMessage<?>> events) {
        appended = first;
        firstPosition = position;
        inLog = events;
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
        return known;
    }
}
