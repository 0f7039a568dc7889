package orderplatform.app.baseline;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import orderplatform.eventstore.commit.AfterCommit;
import org.axonframework.commandhandling.AsynchronousCommandBus;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.RetryScheduler;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Commands run on threads of their own, each in its own transaction, unless Axon's default is asked for. */
@Profile("baseline")
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BaselineSettings.class)
class CommandBuses {

    /** Two orders of the largest size for each thread that may send them; a full queue refuses. */
    private static final int QUEUE = 16_384;

    @Bean
    @Qualifier("localSegment")
    SimpleCommandBus commandBus(BaselineSettings settings, TransactionManager transactions) {
        return settings.commandThreads() == 0
                ? SimpleCommandBus.builder().transactionManager(transactions).build()
                : AsynchronousCommandBus.builder()
                        .executor(threads(settings.commandThreads()))
                        .transactionManager(transactions)
                        .build();
    }

    @Bean
    CommandGateway commandGateway(CommandBus commandBus, RetryScheduler retries, MeterRegistry meters) {
        return new AwaitedCommands(commandBus, retries, meters);
    }

    /** Sagas handle events in a unit of work, so what they ask for is done after its commit. */
    @Bean
    AfterCommit afterCommit() {
        return action -> {
            if (CurrentUnitOfWork.isStarted()) {
                CurrentUnitOfWork.get().root().afterCommit(committed -> action.run());
            } else {
                action.run();
            }
        };
    }

    private static ThreadPoolExecutor threads(int number) {
        return new ThreadPoolExecutor(
                number,
                number,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                Thread.ofPlatform().name("command-", 0).factory());
    }
}
