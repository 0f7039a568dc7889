package orderplatform.eventstore.saga;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import orderplatform.eventstore.commit.LaneCommandBus;
import orderplatform.eventstore.commit.ReactionBatch;
import orderplatform.eventstore.commit.ReactionBatch.Reaction;
import orderplatform.eventstore.log.SagaChange;
import orderplatform.eventstore.parking.HandlesParked;
import orderplatform.eventstore.parking.Parked;
import orderplatform.eventstore.saga.SagaType.Concern;
import org.axonframework.common.Registration;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.DefaultInterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * The sagas of one type, as Axon's processor of them that has no thread: a saga handles an event in the unit of work of the
 * batch that stores the event.
 */
final class ReactingSagas implements EventProcessor, HandlesParked {

    private final SagaType type;
    private final Configuration axon;
    private final SagaMemory memory;
    private final SagaTable table;
    private final Predicate<Throwable> isOutage;
    private final List<MessageHandlerInterceptor<? super EventMessage<?>>> interceptors = new CopyOnWriteArrayList<>();

    ReactingSagas(
            SagaType type, Configuration axon, SagaMemory memory, SagaTable table, Predicate<Throwable> isOutage) {
        this.type = type;
        this.axon = axon;
        this.memory = memory;
        this.table = table;
        this.isOutage = isOutage;
    }

    SagaType type() {
        return type;
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
        var id = type.id(concern.reaction());
        @Nullable LiveSaga known = type.begins(event) ? null : memory.find(id);
        if (known == null && !type.begins(event)) {
            var stored = memory.ahead(id).orElseGet(() -> table.find(id, concern.reaction()));
            if (stored.isParked() && !again) {
                return false;
            }
            known = stored.row() == null ? null : read(stored.row());
        }
        if (known != null) {
            batch.dependsOn(id);
        }
        var association = concern.requireAssociation();
        var saga = known == null || known.isOver() ? begunBy(event, id, known) : Optional.of(known);
        saga.ifPresent(it -> {
            it.associate(association);
            handle(it, event, concern.reaction(), batch);
        });
        return true;
    }

    private LiveSaga read(SagaTable.Row row) {
        var saga = type.read(row);
        memory.add(saga);
        return saga;
    }

    /** @param before one that the batch has ended, whose row is still there */
    private Optional<LiveSaga> begunBy(EventMessage<?> event, String id, @Nullable LiveSaga before) {
        return type.starts(event)
                ? Optional.of(type.begin(id, before == null ? SagaChange.NO_ROW : before.version()))
                : Optional.empty();
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
     * Handles the deadlines of a saga that are due. Its row is written also if none is: then it names the time of the next look.
     *
     * @param by what is due by then is due
     * @throws RuntimeException if a handler failed: nothing is to be stored
     */
    void fire(SagaTable.Row row, Instant by, ReactionBatch batch) {
        var reaction = type.reaction(row.id());
        requireNoFailure(reaction, batch);
        memory.expect(row.id(), row.version());
        var known = memory.find(row.id());
        var saga = known == null ? read(row) : known;
        batch.dependsOn(saga.id());
        memory.change(saga);
        while (!saga.isOver() && saga.isDue(by)) {
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
        table.touch(type.id(reaction));
    }

    @Override
    public void handleAgain(Parked parked, Runnable done) throws Exception {
        var concern = type.concern(read(parked.position())).orElseThrow();
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
            batch.afterCommit(() -> memory.forget(Set.of(type.id(concern.reaction()))));
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
        return type.processor();
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
