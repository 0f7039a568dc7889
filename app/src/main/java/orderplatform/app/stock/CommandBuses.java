package orderplatform.app.stock;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.AsynchronousCommandBus;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.transaction.TransactionManager;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Commands run on their own threads, each in its own transaction. */
@Profile("stock")
@Configuration(proxyBeanMethods = false)
class CommandBuses {

    private static final int THREADS = 6;

    /** Two orders of the largest size for each thread that may send them; a full queue refuses. */
    private static final int QUEUE = 16_384;

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

    @Bean
    @Qualifier("localSegment")
    CommandBus commandBus(ThreadPoolExecutor commandThreads, TransactionManager transactions) {
        return AsynchronousCommandBus.builder()
                .executor(commandThreads)
                .transactionManager(transactions)
                .build();
    }
}
