package orderplatform.eventstore.reader;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.axonframework.config.EventProcessingConfigurer.EventProcessorBuilder;
import org.axonframework.eventhandling.EventProcessorSpanFactory;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;

/**
 * Axon's tracking processor, which is back a second after whatever it failed for is mended, where Axon's own pauses up to
 * a minute, and which does not pass over an event that it needs and that no class knows.
 */
public final class LogReader extends TrackingEventProcessor {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private LogReader(Builder builder) {
        super(builder);
    }

    /**
     * For {@link org.axonframework.config.EventProcessingConfigurer#registerEventProcessor}.
     *
     * @param needed whether the reader has to know events of this type; others it passes over where no class knows them
     */
    public static EventProcessorBuilder builder(
            TrackingEventProcessorConfiguration settings, Predicate<String> needed) {
        return (name, configuration, handlers) -> {
            var processors = configuration.eventProcessingConfiguration();
            return new LogReader(TrackingEventProcessor.builder()
                    .name(name)
                    .eventHandlerInvoker(handlers)
                    .rollbackConfiguration(processors.rollbackConfiguration(name))
                    .errorHandler(processors.errorHandler(name))
                    .messageMonitor(processors.messageMonitor(TrackingEventProcessor.class, name))
                    .messageSource(new KnownEventSource(configuration.eventStore(), needed))
                    .tokenStore(processors.tokenStore(name))
                    .transactionManager(processors.transactionManager(name))
                    .trackingEventProcessorConfiguration(settings)
                    .spanFactory(configuration.getComponent(EventProcessorSpanFactory.class)));
        };
    }

    @Override
    protected void doSleepFor(long millis, AtomicBoolean interrupted) {
        super.doSleepFor(Math.min(millis, LONGEST_PAUSE.toMillis()), interrupted);
    }
}
