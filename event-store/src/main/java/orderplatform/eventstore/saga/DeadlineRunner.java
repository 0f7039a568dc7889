package orderplatform.eventstore.saga;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import orderplatform.eventstore.commit.LaneCommandBus;
import orderplatform.eventstore.commit.ReactionBatch;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.deadline.GenericDeadlineMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.ScopeAwareProvider;
import org.axonframework.messaging.ScopeDescriptor;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Fires deadlines on any node that runs it. A deadline is taken out of the table with what its saga writes, so it fires
 * once; where the handler fails it stays and comes again after a pause. Its row is not locked before its saga is, or it
 * would wait for a batch that waits for the row to cancel it.
 */
class DeadlineRunner implements SmartLifecycle {

    /** The table is looked at this often, for what is due until the next look. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    /** The deadline of a parked saga waits behind what is parked. */
    private static final Duration PAUSE_WHILE_PARKED = Duration.ofSeconds(5);

    /** For a handler in the lane, with all that waits before it. */
    private static final Duration WAIT = Duration.ofSeconds(60);

    private static final int AT_ONCE = 200;
    private static final Logger LOG = LoggerFactory.getLogger(DeadlineRunner.class);

    private final SagaTables tables;
    private final Serializer serializer;
    private final ScopeAwareProvider scopes;
    private final TransactionManager transactions;
    private final List<CorrelationDataProvider> correlations;
    private final SagaReactions reactions;
    private final LaneCommandBus lane;
    private volatile @Nullable Thread thread;

    DeadlineRunner(
            SagaTables tables,
            Serializer serializer,
            ScopeAwareProvider scopes,
            TransactionManager transactions,
            List<CorrelationDataProvider> correlations,
            SagaReactions reactions,
            LaneCommandBus lane) {
        this.tables = tables;
        this.serializer = serializer;
        this.scopes = scopes;
        this.transactions = transactions;
        this.correlations = correlations;
        this.reactions = reactions;
        this.lane = lane;
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                var nextLook = now().plus(LOOK);
                var soon = tables.dueUntil(nextLook, AT_ONCE);
                for (var deadline : soon) {
                    sleepUntil(deadline.at());
                    fire(deadline.id());
                }
                if (soon.size() < AT_ONCE) {
                    sleepUntil(nextLook);
                }
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException unreachable) {
                LOG.warn("The deadlines cannot be read: {}", unreachable.toString());
                pause();
            }
        }
    }

    private static Instant now() {
        return GenericEventMessage.clock.instant();
    }

    private static void sleepUntil(Instant time) throws InterruptedException {
        var left = Duration.between(now(), time);
        if (left.isPositive()) {
            Thread.sleep(left);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    void fire(UUID id) {
        var sagas = tables.deadline(id).map(this::scope).flatMap(reactions::of);
        if (sagas.isPresent()) {
            fireInLane(id, sagas.get());
        } else {
            fireHere(id);
        }
    }

    private void fireInLane(UUID id, ReactingSagas sagas) {
        try {
            await(lane.react("deadline " + id, batch -> react(id, sagas, batch)));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException failed) {
            postpone(id, failed);
        }
    }

    /** Waits until the handler's work in the lane is stored, with a bound. */
    void await(Future<?> stored) throws InterruptedException, ExecutionException, TimeoutException {
        stored.get(WAIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void react(UUID id, ReactingSagas sagas, ReactionBatch batch) {
        var writes = SagaWrites.current(tables);
        var row = tables.deadline(id).filter(it -> !writes.cancels(id));
        if (row.isPresent()) {
            var sagaId = BatchedDeadlines.idOf(scope(row.get()));
            if (reactions.isParked(sagas, sagaId)) {
                batch.alsoWrite(() -> tables.postpone(id, now().plus(PAUSE_WHILE_PARKED)));
            } else {
                react(id, row.get(), sagas, sagaId, batch);
            }
        }
    }

    private void react(UUID id, DeadlineRow row, ReactingSagas sagas, String sagaId, ReactionBatch batch) {
        var writes = SagaWrites.current(tables);
        var message = message(row);
        writes.fire(id, sagaId);
        sagas.react(message, sagaId, correlations, batch, () -> handle(message, row));
        writes.firingIsOver();
    }

    private ScopeDescriptor scope(DeadlineRow row) {
        return deserialize(row.scope(), row.scopeType());
    }

    private void fireHere(UUID id) {
        var work = DefaultUnitOfWork.<DeadlineMessage<?>>startAndGet(null);
        work.attachTransaction(transactions);
        var result = work.executeWithResult(() -> {
            var row = tables.deadline(id);
            if (row.isPresent()) {
                var message = message(row.get());
                work.transformMessage(none -> message);
                correlations.forEach(work::registerCorrelationDataProvider);
                SagaWrites.current(tables).fire(id, BatchedDeadlines.idOf(scope(row.get())));
                handle(message, row.get());
            }
            return null;
        });
        if (result.isExceptional()) {
            postpone(id, result.exceptionResult());
        }
    }

    private void postpone(UUID id, Throwable failure) {
        LOG.warn("Deadline {} failed and comes again in {}", id, PAUSE_AFTER_FAILURE, failure);
        tables.postpone(id, now().plus(PAUSE_AFTER_FAILURE));
    }

    private void handle(DeadlineMessage<?> message, DeadlineRow row) throws Exception {
        var scope = scope(row);
        for (var component : scopes.provideScopeAwareStream(scope).toList()) {
            if (component.canResolve(scope)) {
                component.send(message, scope);
            }
        }
    }

    private DeadlineMessage<?> message(DeadlineRow row) {
        MetaData metadata = deserialize(row.metadata(), MetaData.class.getName());
        Object payload = row.payload() == null || row.payloadType() == null
                ? null
                : deserialize(row.payload(), row.payloadType());
        return GenericDeadlineMessage.asDeadlineMessage(row.name(), payload, row.due())
                .andMetaData(metadata);
    }

    private <T> T deserialize(String json, String type) {
        return serializer.deserialize(new SimpleSerializedObject<>(json, String.class, type, null));
    }

    @Override
    public void start() {
        thread = Thread.ofPlatform().daemon().name("deadlines").start(this::run);
    }

    @Override
    public void stop() {
        var running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
            try {
                running.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
