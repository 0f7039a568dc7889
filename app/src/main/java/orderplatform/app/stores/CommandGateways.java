package orderplatform.app.stores;

import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import orderplatform.app.logging.MessageContext;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.ExponentialBackOffIntervalRetryScheduler;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How commands are sent: with their causes noted, and again where another writer was first. */
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
    CommandGateway commandGateway(CommandBus commandBus, ScheduledExecutorService commandRetries) {
        return new AwaitedCommands(
                commandBus,
                ExponentialBackOffIntervalRetryScheduler.builder()
                        .retryExecutor(commandRetries)
                        .backoffFactor(FIRST_BACKOFF_MILLIS)
                        .maxRetryCount(RETRIES)
                        .build());
    }

    @Bean
    SmartInitializingSingleton commandContext(CommandBus commandBus, CorrelationDataProvider correlation) {
        return () -> {
            commandBus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(correlation));
            commandBus.registerHandlerInterceptor(new MessageContext());
        };
    }

    /** The first message of a chain gives its id to all that follow, the one before to the next, the actor to all. */
    @Bean
    CorrelationDataProvider correlation() {
        return message -> Map.of(
                "correlationId", message.getMetaData().getOrDefault("correlationId", message.getIdentifier()),
                "causationId", message.getIdentifier(),
                "actor", message.getMetaData().getOrDefault("actor", "order-platform"));
    }
}
