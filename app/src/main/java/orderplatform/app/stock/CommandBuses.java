package orderplatform.app.stock;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.AsynchronousCommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.transaction.TransactionManager;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Commands run on threads of their own, each in its own transaction, unless Axon's default is asked for. */
@Profile("stock")
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StockSettings.class)
class CommandBuses {

    /** Two orders of the largest size for each thread that may send them; a full queue refuses. */
    private static final int QUEUE = 16_384;

    @Bean
    @Qualifier("localSegment")
    SimpleCommandBus commandBus(StockSettings settings, TransactionManager transactions) {
        return settings.commandThreads() == 0
                ? SimpleCommandBus.builder().transactionManager(transactions).build()
                : AsynchronousCommandBus.builder()
                        .executor(threads(settings.commandThreads()))
                        .transactionManager(transactions)
                        .build();
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
