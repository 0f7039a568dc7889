package orderplatform.eventstore.commit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import orderplatform.eventstore.log.LoggedBatch;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;

/**
 * Commands that share a transaction, and what they have led to so far: events, reactions, and what is to be done with the
 * commit and after it. It knows which command each belongs to, so that what a loser led to is left out.
 */
final class CommitBatch implements ReactionBatch {

    /** What one transaction may hold, give or take what the last command of a caller leads to. */
    private static final int MAX_EVENTS_AND_COMMANDS = 2_000;

    private final AggregateMemory aggregates;
    private final Reactions reactions;
    private final Map<Reaction, ReactionFailed> parking;

    private List<Waiting> commands;
    private List<Waiting> leftOut = List.of();
    private final List<Waiting> sent = new ArrayList<>();
    private int takenOfSent;
    private Waiting current;
    private @Nullable Reaction reacting;

    private final Dependencies dependencies = new Dependencies();
    private final Map<String, Long> expected = new HashMap<>();
    private final Set<String> contested = new HashSet<>();
    private final Map<String, Optional<List<DomainEventMessage<?>>>> ahead = new HashMap<>();

    private final StagedEvents staged = new StagedEvents();
    private final Set<Reaction> heldBack = new HashSet<>();
    private final Map<ToPark, Waiting> toPark = new LinkedHashMap<>();
    private final Map<Runnable, Waiting> writes = new LinkedHashMap<>();
    private final Map<Runnable, Waiting> afterCommit = new LinkedHashMap<>();
    private @Nullable LoggedBatch logged;

    /** @param parking reactions that failed when these commands were tried before */
    CommitBatch(
            List<Waiting> commands,
            AggregateMemory aggregates,
            Reactions reactions,
            Map<Reaction, ReactionFailed> parking) {
        this.commands = commands;
        this.current = commands.getFirst();
        this.aggregates = aggregates;
        this.reactions = reactions;
        this.parking = parking;
    }

    /** Whether the batch has become too large for the command of a caller, and for those behind it. */
    boolean leavesOut(Waiting command) {
        if (staged.size() + sent.size() < MAX_EVENTS_AND_COMMANDS
                || command.cause().isPresent()) {
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
        command.stream().ifPresent(this::dependsOn);
    }

    /** What is handled now depends on the stream or saga, and loses with all others that do. */
    @Override
    public void dependsOn(String name) {
        dependencies.add(current, name);
    }

    /** What is handled now was decided on this version of the stream in the log; -1 if it has no events. */
    void decidedOn(String stream, long version) {
        dependsOn(stream);
        expected.putIfAbsent(stream, version);
    }

    /** Last versions in the log of the streams that the outcome depends on. */
    Map<String, Long> expected() {
        return expected;
    }

    /** Whether the batch has neither come upon the stream yet, which may have changed it in memory, nor read it ahead. */
    boolean isNew(String stream) {
        return !dependencies.all().contains(stream) && !ahead.containsKey(stream);
    }

    /** @param events null if the stream is in memory, or has too many to be read with others */
    void readAhead(String stream, @Nullable List<DomainEventMessage<?>> events) {
        ahead.put(stream, Optional.ofNullable(events));
    }

    /** The events of a stream in the log, if they were read with those of others. */
    Optional<List<DomainEventMessage<?>>> readAhead(String stream) {
        return ahead.getOrDefault(stream, Optional.empty());
    }

    /** Takes in events of what is handled now. */
    void stage(List<? extends EventMessage<?>> events) {
        for (var event : events) {
            staged.add(event, current);
            StagedEvents.streamOf(event).ifPresent(this::dependsOn);
        }
    }

    /** Their command has failed: there are no such events, and their aggregates are read again. */
    void unstage(List<? extends EventMessage<?>> events) {
        staged.remove(events);
        aggregates.forget(events.stream()
                .flatMap(it -> StagedEvents.streamOf(it).stream())
                .toList());
    }

    /** Events of a stream that are to be appended. */
    Stream<DomainEventMessage<?>> staged(String stream) {
        return staged.of(stream);
    }

    /** Reacts to what was staged, in its order. */
    void react() {
        staged.forEachNew((event, by) -> {
            current = by;
            reactions.react(event, this);
        });
    }

    /** A reaction has sent a command, which is handled when the reactions to all events so far are done. */
    void send(Waiting command) {
        command.causedBy(current);
        sent.add(command);
    }

    /** The commands that the reactions have sent since the last time. */
    List<Waiting> takeSent() {
        var taken = List.copyOf(sent.subList(takenOfSent, sent.size()));
        takenOfSent = sent.size();
        return taken;
    }

    /** The reaction under way; null while a command is handled. */
    @Nullable
    Reaction reacting() {
        return reacting;
    }

    @Override
    public void reacting(@Nullable Reaction reaction) {
        reacting = reaction;
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
        return ofWinners(toPark);
    }

    @Override
    public void alsoWrite(Runnable write) {
        writes.put(write, current);
    }

    @Override
    public List<Runnable> writes() {
        return ofWinners(writes);
    }

    @Override
    public void afterCommit(Runnable action) {
        afterCommit.put(action, current);
    }

    /** What is to be done after the commit. */
    List<Runnable> afterCommit() {
        return ofWinners(afterCommit);
    }

    /** What is to be appended. */
    List<? extends EventMessage<?>> events() {
        return staged.by(command -> !dependencies.isLost(command));
    }

    private <T> List<T> ofWinners(Map<T, Waiting> all) {
        return all.entrySet().stream()
                .filter(entry -> !dependencies.isLost(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Takes what depends on the streams and sagas out of the batch: others have changed them. */
    void lose(Set<String> conflicts) {
        contested.addAll(conflicts);
        var lost = dependencies.lose(conflicts);
        expected.keySet().removeAll(lost);
        reactions.forget(lost);
    }

    void appended(LoggedBatch batch) {
        logged = batch;
    }

    /** What came as far as the log; nothing before the append. */
    Optional<LoggedBatch> logged() {
        return Optional.ofNullable(logged);
    }

    @Override
    public long position(EventMessage<?> event) {
        return event instanceof TrackedEventMessage<?> read
                ? read.trackingToken().position().orElseThrow()
                : logged().orElseThrow().positionOf(event);
    }

    /** Streams that another writer appended to first. */
    Set<String> contested() {
        return contested;
    }

    /** Callers' commands that have lost to another writer. */
    List<Waiting> losers() {
        return commands.stream().filter(dependencies::isLost).toList();
    }

    /** Everything that is stored: callers' commands, and what sagas have sent. */
    List<Waiting> winners() {
        return Stream.concat(commands.stream(), sent.stream())
                .filter(command -> !dependencies.isLost(command.cause().orElse(command)))
                .toList();
    }

    /** Streams and sagas that the commands depend on. */
    Set<String> dependenciesOf(Collection<Waiting> some) {
        return dependencies.of(some);
    }

    /** Streams and sagas that anything in the batch depends on. */
    Set<String> dependencies() {
        return dependencies.all();
    }
}
