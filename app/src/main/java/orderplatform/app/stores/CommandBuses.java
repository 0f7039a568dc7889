package orderplatform.app.stores;

import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import orderplatform.app.logging.MessageContext;
import org.axonframework.commandhandling.AsynchronousCommandBus;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.ExponentialBackOffIntervalRetryScheduler;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Commands run on their own threads, each in its own transaction, and are retried where another writer was first. */
@Configuration(proxyBeanMethods = false)
class CommandBuses {

    private static final int THREADS = 6;

    /** Two orders of the largest size for each thread that may send them; a full queue refuses. */
    private static final int QUEUE = 16_384;

    private static final int RETRIES = 8;
    private static final long FIRST_BACKOFF_MILLIS = 5;

    @Bean(destroyMethod = "shutdown")
    ThreadPoolExecutor commandThreads() {
        return new ThreadPoolExecutor(
                THREADS,
                THREADS,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                Thread.ofPlatform().name("command-", 0).factory());
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService commandRetries() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("command-retry-", 0).factory());
    }

    @Bean
    @Qualifier("localSegment")
    CommandBus commandBus(
            ThreadPoolExecutor commandThreads, TransactionManager transactions, CorrelationDataProvider correlation) {
        var bus = AsynchronousCommandBus.builder()
                .executor(commandThreads)
                .transactionManager(transactions)
                .build();
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(correlation));
        bus.registerHandlerInterceptor(new MessageContext());
        return bus;
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

    /** The first message of a chain gives its id to all that follow, the one before to the next, the actor to all. */
    @Bean
    CorrelationDataProvider correlation() {
        return message -> Map.of(
                "correlationId", message.getMetaData().getOrDefault("correlationId", message.getIdentifier()),
                "causationId", message.getIdentifier(),
                "actor", message.getMetaData().getOrDefault("actor", "order-platform"));
    }
}
