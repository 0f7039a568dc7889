package orderplatform.app.baseline;

import com.github.kagkarlsson.scheduler.Scheduler;
import java.time.Duration;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurationScopeAwareProvider;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.dbscheduler.DbSchedulerDeadlineManager;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * Deadlines in PostgreSQL, set in the transaction of the saga that sets them; any node with sagas fires them.
 *
 * <p>No component of its own: only nodes that run sagas may fire their deadlines.
 */
@Profile("baseline")
public class Deadlines {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
    private static final int THREADS = 2;

    /** Of four that are missing: until then a deadline that a killed node was firing can be neither fired nor cancelled. */
    private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(1);

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    @Bean(destroyMethod = "stop")
    Scheduler deadlineScheduler(DataSource dataSource, ObjectProvider<DbSchedulerDeadlineManager> manager) {
        return Scheduler.create(
                        new TransactionAwareDataSourceProxy(dataSource),
                        DbSchedulerDeadlineManager.binaryTask(manager::getObject))
                .pollingInterval(POLL_INTERVAL)
                .threads(THREADS)
                .heartbeatInterval(HEARTBEAT_INTERVAL)
                .shutdownMaxWait(STOP_TIMEOUT)
                .build();
    }

    @Bean
    DeadlineManager deadlineManager(
            Scheduler deadlineScheduler,
            org.axonframework.config.Configuration configuration,
            Serializer serializer,
            TransactionManager transactions) {
        return DbSchedulerDeadlineManager.builder()
                .scheduler(deadlineScheduler)
                .scopeAwareProvider(new ConfigurationScopeAwareProvider(configuration))
                .serializer(serializer)
                .transactionManager(transactions)
                .startScheduler(true)
                .stopScheduler(false)
                .build();
    }
}
