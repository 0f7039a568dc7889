package orderplatform.eventstore.log;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The log as Axon's event store. */
@Configuration(proxyBeanMethods = false)
class LogConfiguration {

    /** Before everything that reads the log or appends to it. */
    private static final int PHASE = Integer.MIN_VALUE + 1_000;

    @Bean
    Node node() {
        return Node.unique();
    }

    @Bean
    LogTable logTable(DataSource dataSource, Node node) {
        return new LogTable(new JdbcTemplate(dataSource), node.name());
    }

    @Bean
    PostgresEventStorageEngine eventStorageEngine(
            LogTable logTable,
            DataSource dataSource,
            @Qualifier("snapshotSerializer") Serializer snapshotSerializer,
            @Qualifier("eventSerializer") Serializer eventSerializer,
            org.axonframework.config.Configuration axon,
            MeterRegistry meters) {
        var builder = new PostgresEventStorageEngine.Builder();
        builder.eventSerializer(eventSerializer)
                .snapshotSerializer(snapshotSerializer)
                .upcasterChain(axon.upcasterChain())
                .snapshotFilter(axon.snapshotFilter());
        return new PostgresEventStorageEngine(
                builder, logTable, new Snapshots(new JdbcTemplate(dataSource)), new LogMetrics(meters));
    }

    @Bean
    LogEventStore eventStore(PostgresEventStorageEngine engine, Staging staging) {
        var builder = new LogEventStore.Builder();
        builder.storageEngine(engine);
        return new LogEventStore(builder, engine, staging);
    }

    @Bean
    SmartLifecycle followingTheLog(
            LogEventStore eventStore, PostgresEventStorageEngine engine, DataSource dataSource, Node node) {
        return new Following(eventStore, new LogListener(dataSource, node.name(), engine.tail()));
    }

    @Bean
    Gauge logHead(PostgresEventStorageEngine engine, MeterRegistry meters) {
        return Gauge.builder("eventstore.log.head", engine, it -> it.tail().head())
                .description("Position of the newest event that the readers of this node can see")
                .register(meters);
    }

    private static final class Following implements SmartLifecycle {

        private final LogEventStore eventStore;
        private final LogListener listener;
        private volatile boolean running;

        Following(LogEventStore eventStore, LogListener listener) {
            this.eventStore = eventStore;
            this.listener = listener;
        }

        @Override
        public void start() {
            eventStore.start();
            listener.start();
            running = true;
        }

        @Override
        public void stop() {
            running = false;
            try {
                listener.stop();
                eventStore.stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return PHASE;
        }
    }
}
