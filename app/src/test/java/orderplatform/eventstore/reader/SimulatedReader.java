package orderplatform.eventstore.reader;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import orderplatform.app.simulation.Machine;
import orderplatform.app.simulation.Scheduler;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;

/** A node's reader whose threads, clock and pauses are the simulation's. */
public final class SimulatedReader extends LogReader {

    private static final Duration STORE_EVERY = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final int BATCH = 10;

    private final Scheduler scheduler;

    private SimulatedReader(
            Builder builder,
            Scheduler scheduler,
            TransactionManager transactions,
            KnownEventSource log,
            EventHandlerInvoker handlers,
            CheckpointedTokens tokens) {
        super(builder, transactions, log, handlers, null, tokens, Duration.ZERO, BATCH);
        this.scheduler = scheduler;
    }

    /** What a node's readers share. */
    public record Environment(
            Scheduler scheduler,
            Machine machine,
            StreamableMessageSource<TrackedEventMessage<?>> log,
            TokenStore tokens,
            TransactionManager transactions,
            CorrelationDataProvider correlation) {

        /** Starts a reader. */
        public void read(String name, EventHandlerInvoker handlers) {
            var known = new KnownEventSource(log, type -> true, null);
            var checkpointed = new CheckpointedTokens(tokens, name, STORE_EVERY, scheduler::nanoTime);
            var following = TrackingEventProcessorConfiguration.forSingleThreadedProcessing()
                    .andBatchSize(BATCH)
                    .andEventAvailabilityTimeout(STORE_EVERY.toMillis(), MILLISECONDS)
                    .andTokenClaimInterval(1, SECONDS)
                    .andThreadFactory(reader -> work -> scheduler.thread(machine, machine.name() + '/' + name, work));
            var builder = TrackingEventProcessor.builder()
                    .name(name)
                    .eventHandlerInvoker(handlers)
                    .messageSource(known)
                    .tokenStore(checkpointed)
                    .transactionManager(transactions)
                    .trackingEventProcessorConfiguration(following);
            var reader = new SimulatedReader(builder, scheduler, transactions, known, handlers, checkpointed);
            reader.registerHandlerInterceptor(new CorrelationDataInterceptor<>(correlation));
            reader.registerHandlerInterceptor(new BatchEnd());
            reader.start();
        }
    }

    @Override
    protected void doSleepFor(long millis, AtomicBoolean interrupted) {
        scheduler.sleep(Duration.ofMillis(Math.min(millis, LONGEST_PAUSE.toMillis())));
    }

    /** Waits on the virtual clock until it may be claimed again, not on the machine's as Axon does. */
    @Override
    public void releaseSegment(int segment, long duration, TimeUnit unit) {
        scheduler.sleep(LONGEST_PAUSE);
        super.releaseSegment(segment, -1, SECONDS);
    }
}
