package orderplatform.app.stores;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import orderplatform.app.logging.MessageContext;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.ExponentialBackOffIntervalRetryScheduler;
import org.axonframework.commandhandling.gateway.RetryScheduler;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** How commands are sent: with their causes noted, and again if another writer was first. */
@Configuration(proxyBeanMethods = false)
class CommandGateways {

    private static final int RETRIES = 8;
    private static final long FIRST_BACKOFF_MILLIS = 5;

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService commandRetries() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("command-retry-", 0).factory());
    }

    @Bean
    RetryScheduler commandRetryScheduler(ScheduledExecutorService commandRetries) {
        return ExponentialBackOffIntervalRetryScheduler.builder()
                .retryExecutor(commandRetries)
                .backoffFactor(FIRST_BACKOFF_MILLIS)
                .maxRetryCount(RETRIES)
                .build();
    }

    @Bean
    @Profile("!baseline")
    CommandGateway commandGateway(CommandBus commandBus, RetryScheduler retries, MeterRegistry meters) {
        return new CountedCommands(commandBus, retries, meters);
    }

    @Bean
    SmartInitializingSingleton commandContext(
            CommandBus commandBus, ObjectProvider<DeadlineManager> deadlines, CorrelationDataProvider correlation) {
        return () -> {
            deadlines.ifAvailable(it -> it.registerHandlerInterceptor(new CorrelationDataInterceptor<>(correlation)));
            commandBus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(correlation));
            commandBus.registerHandlerInterceptor(new MessageContext());
        };
    }

    /**
     * The first message of a chain gives its id to all that follow, the one before to the next, the actor to all. Commands
     * and deadlines, which no log keeps, hand on the id of the event that they come from.
     */
    @Bean
    CorrelationDataProvider correlation() {
        return message -> {
            var known = message.getMetaData();
            var data = new HashMap<String, Object>();
            data.put("correlationId", known.getOrDefault("correlationId", message.getIdentifier()));
            data.put("causationId", message.getIdentifier());
            data.put("actor", known.getOrDefault("actor", "order-platform"));
            var event = isLogged(message) ? message.getIdentifier() : known.get("causingEventId");
            if (event != null) {
                data.put("causingEventId", event);
            }
            return data;
        };
    }

    private static boolean isLogged(Message<?> message) {
        return message instanceof EventMessage<?> && !(message instanceof DeadlineMessage<?>);
    }
}
