package orderplatform.eventstore.reader;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import orderplatform.eventstore.parking.HandlesParked;
import orderplatform.eventstore.parking.Parked;
import orderplatform.eventstore.parking.Parking;
import orderplatform.eventstore.parking.ParkingInvoker;
import org.axonframework.common.Registration;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.EventProcessingConfigurer.EventProcessorBuilder;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventProcessorSpanFactory;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.messaging.DefaultInterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Axon's tracking processor, which is back a second after whatever it failed for is mended, where Axon's own pauses up to
 * a minute, which does not pass over an event that it needs and that no class knows, and which parks what it keeps failing
 * to handle.
 */
public class LogReader extends TrackingEventProcessor implements HandlesParked {

    private static final Duration MAX_BACK_OFF = Duration.ofSeconds(1);

    /** Before an event that fails for a reason of its own is tried again: all others of the segment wait meanwhile. */
    private static final Duration BACK_OFF_FOR_AN_EVENT = Duration.ofMillis(20);

    /** With a batch of this size more events are likely to follow. */
    private static final int MANY = 50;

    private final TransactionManager transactions;
    private final KnownEventSource log;
    private final EventHandlerInvoker handlers;
    private final @Nullable Parking parking;
    private final CheckpointedTokens tokens;
    private final long gatherNanos;
    private final int fullBatch;

    /** Null while Axon's constructor registers one, which moves the token. */
    private final @Nullable List<MessageHandlerInterceptor<? super EventMessage<?>>> configured;

    LogReader(
            Builder builder,
            TransactionManager transactions,
            KnownEventSource log,
            EventHandlerInvoker handlers,
            @Nullable Parking parking,
            CheckpointedTokens tokens,
            Duration gather,
            int fullBatch) {
        super(builder);
        this.transactions = transactions;
        this.log = log;
        this.handlers = handlers;
        this.parking = parking;
        this.tokens = tokens;
        this.gatherNanos = gather.toNanos();
        this.fullBatch = fullBatch;
        this.configured = new CopyOnWriteArrayList<>();
    }

    /**
     * For {@link org.axonframework.config.EventProcessingConfigurer#registerEventProcessor}.
     *
     * @param needed whether the reader has to know events of this type; others it passes over if no class knows them
     * @param storeEvery how often what was handled is stored while events come; zero stores after every batch, which a
     *     reader with {@link orderplatform.eventstore.projection.Rows} needs
     * @param gather least time between two batches of many events, so that a row which several of them change is written
     *     once; a full batch is followed at once
     * @param parking by the reader's name, asked when the reader is made; null if it stops at what it can't handle
     */
    public static EventProcessorBuilder builder(
            TrackingEventProcessorConfiguration settings,
            Predicate<String> needed,
            Duration storeEvery,
            Duration gather,
            Function<String, @Nullable Parking> parking) {
        return (name, configuration, handlers) -> {
            var processors = configuration.eventProcessingConfiguration();
            var parks = parking.apply(name);
            var log = new KnownEventSource(configuration.eventStore(), needed, parks);
            var transactions = processors.transactionManager(name);
            var tokens = new CheckpointedTokens(processors.tokenStore(name), name, storeEvery, System::nanoTime);
            var builder = TrackingEventProcessor.builder()
                    .name(name)
                    .eventHandlerInvoker(parks == null ? handlers : new ParkingInvoker(handlers, parks))
                    .rollbackConfiguration(processors.rollbackConfiguration(name))
                    .errorHandler(processors.errorHandler(name))
                    .messageMonitor(processors.messageMonitor(TrackingEventProcessor.class, name))
                    .messageSource(log)
                    .tokenStore(tokens)
                    .transactionManager(transactions)
                    .trackingEventProcessorConfiguration(settings)
                    .spanFactory(configuration.getComponent(EventProcessorSpanFactory.class));
            return new LogReader(builder, transactions, log, handlers, parks, tokens, gather, settings.getBatchSize());
        };
    }

    @Override
    protected void processInUnitOfWork(
            List<? extends EventMessage<?>> events,
            UnitOfWork<? extends EventMessage<?>> work,
            Collection<Segment> segments)
            throws Exception {
        int segment = segments.iterator().next().getSegmentId();
        var checkpoint = tokens.of(segment);
        if (parking != null) {
            parking.begin(segment);
        }
        checkpoint.begin(work, events.size(), parking != null && parking.isolates(events.getLast()));
        var started = System.nanoTime();
        try {
            super.processInUnitOfWork(events, work, segments);
        } catch (Exception failure) {
            checkpoint.drop();
            if (parking != null) {
                parking.failed(events, failure);
            }
            throw failure;
        }
        if (events.size() >= MANY && events.size() < fullBatch) {
            LockSupport.parkNanos(started + gatherNanos - System.nanoTime());
        }
    }

    @Override
    public Registration registerHandlerInterceptor(MessageHandlerInterceptor<? super EventMessage<?>> interceptor) {
        if (configured != null) {
            configured.add(interceptor);
        }
        return super.registerHandlerInterceptor(interceptor);
    }

    /** For a thread that is not one of its segments'. */
    void signClaimsOfWhatIsUnderWay() {
        tokens.signClaimsOfWhatIsUnderWay(transactions);
    }

    /** As the segment would that parked the event. */
    @Override
    public void handleAgain(Parked parked, Runnable done) throws Exception {
        try (var stream = log.log().openStream(new GlobalSequenceTrackingToken(parked.position() - 1))) {
            TrackedEventMessage<?> event = stream.nextAvailable();
            var work = new BatchingUnitOfWork<EventMessage<?>>(List.of(event));
            work.attachTransaction(transactions);
            BatchEnd.writer(work, this, () -> done);
            var result = work.executeWithResult(() -> new DefaultInterceptorChain<EventMessage<?>>(
                            work, Objects.requireNonNull(configured), this::handle)
                    .proceed());
            if (result.isExceptional()) {
                throw result.exceptionResult() instanceof Exception failure
                        ? failure
                        : new IllegalStateException(result.exceptionResult());
            }
        }
    }

    private @Nullable Object handle(EventMessage<?> event) throws Exception {
        handlers.handle(event, Segment.ROOT_SEGMENT);
        return null;
    }

    @Override
    protected void doSleepFor(long millis, AtomicBoolean interrupted) {
        var longest = parking != null && parking.isForTheEvent() ? BACK_OFF_FOR_AN_EVENT : MAX_BACK_OFF;
        super.doSleepFor(Math.min(millis, longest.toMillis()), interrupted);
    }
}
