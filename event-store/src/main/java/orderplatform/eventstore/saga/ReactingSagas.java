package orderplatform.eventstore.saga;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import orderplatform.eventstore.commit.LaneCommandBus;
import orderplatform.eventstore.commit.ReactionBatch;
import orderplatform.eventstore.commit.ReactionBatch.Reaction;
import orderplatform.eventstore.log.SagaChange;
import orderplatform.eventstore.reader.HandlesParked;
import orderplatform.eventstore.reader.Parked;
import org.axonframework.common.Registration;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.DefaultInterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.SagaCreationPolicy;
import org.axonframework.modelling.saga.SagaMethodMessageHandlingMember;
import org.axonframework.modelling.saga.metamodel.SagaModel;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;

/**
 * The sagas of one type, as Axon's processor of them that has no thread: a saga handles an event in the unit of work of the
 * batch that stores the event.
 *
 * <p>Every event of a saga has the association that the saga began with, and no two sagas have the same.
 */
final class ReactingSagas implements EventProcessor, HandlesParked {

    private final String name;
    private final Class<?> type;
    private final SagaModel<Object> model;
    private final Configuration axon;
    private final SagaMemory memory;
    private final SagaTable table;
    private final Function<EventMessage<?>, Optional<String>> associationOf;
    private final Predicate<Throwable> isOutage;
    private final List<MessageHandlerInterceptor<? super EventMessage<?>>> interceptors = new CopyOnWriteArrayList<>();
    private final Map<Class<?>, Boolean> starts = new ConcurrentHashMap<>();

    ReactingSagas(
            String name,
            SagaModel<Object> model,
            Class<?> type,
            Configuration axon,
            SagaMemory memory,
            SagaTable table,
            Function<EventMessage<?>, Optional<String>> associationOf,
            Predicate<Throwable> isOutage) {
        this.name = name;
        this.model = model;
        this.type = type;
        this.axon = axon;
        this.memory = memory;
        this.table = table;
        this.associationOf = associationOf;
        this.isOutage = isOutage;
    }

    /** As the row of a saga names it. */
    String type() {
        return type.getSimpleName();
    }

    /**
     * An event that concerns a saga.
     *
     * @param association of the event and its saga; null if the event can't be read
     * @param unreadable why it can't be read; null if it can
     */
    record Concern(
            EventMessage<?> event,
            Reaction reaction,
            @Nullable AssociationValue association,
            @Nullable SerializationException unreadable) {}

    /** What the sagas have to do with the event, if anything. One that can't be read concerns them all. */
    Optional<Concern> concern(EventMessage<?> event) {
        try {
            return model.resolveAssociation(event)
                    .map(value -> new Concern(event, new Reaction(name, value.getValue()), value, null));
        } catch (SerializationException unreadable) {
            var reaction = new Reaction(name, associationOf.apply(event).orElseGet(event::getIdentifier));
            return Optional.of(new Concern(event, reaction, null, unreadable));
        }
    }

    /** Whether the segment of the version before had the event; all had what can't be read. */
    static boolean isIn(Segment segment, Concern concern) {
        return concern.association() == null || segment.matches(concern.association());
    }

    /** Whether it is the id of one of these sagas. */
    boolean isId(String id) {
        return id.startsWith(id(""));
    }

    /** That of a saga. */
    Reaction reaction(String id) {
        return new Reaction(name, id.substring(id("").length()));
    }

    private String id(String association) {
        return type() + '-' + association;
    }

    /** With the first event of a new stream no saga can have begun before. One that was read from the log may be handled again. */
    private boolean begins(EventMessage<?> event) {
        return event instanceof DomainEventMessage<?> ofStream
                && !(event instanceof TrackedEventMessage<?>)
                && ofStream.getSequenceNumber() == 0
                && starts(event);
    }

    private boolean starts(EventMessage<?> event) {
        return starts.computeIfAbsent(
                event.getPayloadType(),
                payload -> model.findHandlerMethods(event).stream()
                        .flatMap(handler -> handler.unwrap(SagaMethodMessageHandlingMember.class).stream())
                        .anyMatch(handler -> handler.getCreationPolicy() != SagaCreationPolicy.NONE));
    }

    /**
     * Handles the event, unless it waits behind what is parked.
     *
     * @param again whether the event is what is parked
     * @return false if it waits
     * @throws RuntimeException if the failure is an outage, or else as {@link Reaction#failed}
     */
    boolean react(Concern concern, boolean again, ReactionBatch batch) {
        try {
            return tryToReact(concern, again, batch);
        } catch (RuntimeException failure) {
            throw isOutage.test(failure) ? failure : concern.reaction().failed(failure);
        }
    }

    private boolean tryToReact(Concern concern, boolean again, ReactionBatch batch) {
        var event = concern.event();
        var id = id(concern.reaction().sequence());
        @Nullable LiveSaga known = begins(event) ? null : memory.find(id);
        if (known == null && !begins(event)) {
            var stored = memory.ahead(id).orElseGet(() -> table.find(id, concern.reaction()));
            if (stored.isParked() && !again) {
                return false;
            }
            known = stored.row() == null ? null : read(stored.row());
        }
        if (known != null) {
            batch.dependsOn(id);
        }
        var association = concern.association();
        if (association == null) {
            throw Optional.ofNullable(concern.unreadable()).orElseThrow();
        }
        var saga = known == null || known.isOver() ? begunBy(event, id, known) : Optional.of(known);
        saga.ifPresent(it -> {
            it.associate(association);
            handle(it, event, concern.reaction(), batch);
        });
        return true;
    }

    private LiveSaga read(SagaTable.Row row) {
        SagaDeadline.All deadlines = deserialize(row.deadlines(), SagaDeadline.All.class);
        var saga = live(row.id(), deserialize(row.state(), type), deadlines.list(), row.version());
        memory.add(saga);
        return saga;
    }

    /** @param before one that the batch has ended, whose row is still there */
    private Optional<LiveSaga> begunBy(EventMessage<?> event, String id, @Nullable LiveSaga before) {
        return starts(event)
                ? Optional.of(live(
                        id,
                        BeanUtils.instantiateClass(type),
                        List.of(),
                        before == null ? SagaChange.NO_ROW : before.version()))
                : Optional.empty();
    }

    private LiveSaga live(String id, Object saga, List<SagaDeadline> deadlines, long version) {
        axon.resourceInjector().injectResources(saga);
        return new LiveSaga(id, saga, model, deadlines, version);
    }

    private <T> T deserialize(String json, Class<?> as) {
        return axon.serializer().deserialize(new SimpleSerializedObject<>(json, String.class, as.getName(), null));
    }

    private void handle(LiveSaga saga, EventMessage<?> message, Reaction reaction, ReactionBatch batch) {
        batch.dependsOn(saga.id());
        memory.change(saga);
        batch.reacting(reaction);
        try {
            var work = DefaultUnitOfWork.<EventMessage<?>>startAndGet(message);
            var result = work.executeWithResult(
                    () -> new DefaultInterceptorChain<EventMessage<?>>(work, interceptors, saga::handle).proceed());
            if (result.isExceptional()) {
                throw result.exceptionResult() instanceof RuntimeException failure
                        ? failure
                        : new IllegalStateException(result.exceptionResult());
            }
        } finally {
            batch.reacting(null);
        }
    }

    /**
     * Handles the deadlines of a saga that are due.
     *
     * @param by what is due by then is due
     * @throws RuntimeException if a handler failed: nothing is to be stored
     */
    void fire(SagaTable.Row row, Instant by, ReactionBatch batch) {
        var reaction = reaction(row.id());
        requireNoFailure(reaction, batch);
        memory.expect(row.id(), row.version());
        var known = memory.find(row.id());
        var saga = known == null ? read(row) : known;
        batch.dependsOn(saga.id());
        while (!saga.isOver() && saga.isDue(by)) {
            memory.change(saga);
            handle(saga, saga.takeFirst().message(axon.serializer()), reaction, batch);
        }
    }

    /** What is due, or tried again, is not parked when it has failed: its own caller is told. */
    private static void requireNoFailure(Reaction reaction, ReactionBatch batch) {
        var failure = batch.parking(reaction);
        if (failure != null) {
            throw new IllegalStateException(failure.getCause());
        }
    }

    /** A parked saga is in no node's memory, so its later events find that it is parked. */
    void forgetElsewhere(Reaction reaction) {
        table.touch(id(reaction.sequence()));
    }

    @Override
    public void handleAgain(Parked parked, Runnable done) throws Exception {
        var concern = concern(read(parked.position())).orElseThrow();
        var lane = (LaneCommandBus) axon.commandBus();
        try {
            lane.react(
                            "parked event %d".formatted(parked.position()),
                            batch -> reactAgain(concern, parked, done, batch))
                    .get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        }
    }

    private void reactAgain(Concern concern, Parked parked, Runnable done, ReactionBatch batch) {
        requireNoFailure(concern.reaction(), batch);
        if (parked.waiting() > 1) {
            batch.holdBack(concern.reaction());
            batch.afterCommit(() -> memory.forget(Set.of(id(concern.reaction().sequence()))));
        }
        react(concern, true, batch);
        batch.alsoWrite(done);
    }

    private TrackedEventMessage<?> read(long position) throws InterruptedException {
        try (var stream = axon.eventStore().openStream(new GlobalSequenceTrackingToken(position - 1))) {
            return stream.nextAvailable();
        }
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public List<MessageHandlerInterceptor<? super EventMessage<?>>> getHandlerInterceptors() {
        return List.copyOf(interceptors);
    }

    @Override
    public Registration registerHandlerInterceptor(MessageHandlerInterceptor<? super EventMessage<?>> interceptor) {
        interceptors.add(interceptor);
        return () -> interceptors.remove(interceptor);
    }

    @Override
    public void start() {}

    @Override
    public void shutDown() {}

    @Override
    public boolean isRunning() {
        return true;
    }

    @Override
    public boolean isError() {
        return false;
    }
}
