package orderplatform.eventstore;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.context.support.GenericApplicationContext;

/** An Axon application on the log: one node. */
public final class TestNode implements AutoCloseable {

    private static final int CONNECTIONS = 12;

    private final ConfigurableApplicationContext context;

    private TestNode(ConfigurableApplicationContext context) {
        this.context = context;
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import({
        EventStoreConfiguration.class,
        Purse.class,
        PurseSums.Reader.class,
        Parcel.class,
        Delivery.Sagas.class,
        Forwarder.Reader.class
    })
    static class Application {

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        @Primary
        Serializer serializer() {
            return Jackson3Serializer.builder().build();
        }

        @Bean
        @Qualifier("eventSerializer")
        Serializer eventSerializer() {
            return Jackson3Serializer.builder().build();
        }

        @Bean
        @Qualifier("snapshotSerializer")
        Serializer snapshotSerializer() {
            return Jackson3Serializer.builder()
                    .jsonMapperBuilderCustomizer(mapper ->
                            mapper.changeDefaultVisibility(visible -> visible.withFieldVisibility(Visibility.ANY)))
                    .build();
        }

        @Bean
        CommandGateway commandGateway(CommandBus commandBus) {
            return DefaultCommandGateway.builder().commandBus(commandBus).build();
        }
    }

    public static TestNode on(Database database, String... properties) {
        return on(database.url(), pool(database), properties);
    }

    /** Closed by the node. */
    private static DataSource pool(Database database) {
        var pool = new HikariDataSource();
        pool.setDataSource(database.application());
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(0);
        return pool;
    }

    /**
     * One at a time: each context sets up the JVM's logging, and two trip over each other.
     *
     * @param dataSource instead of a pool of the node's own
     */
    public static synchronized TestNode on(String url, DataSource dataSource, String... properties) {
        System.setProperty("axoniq.update-checker.disabled", "true");
        System.setProperty("disable-axoniq-console-message", "true");
        ApplicationContextInitializer<GenericApplicationContext> pool =
                context -> context.registerBean(DataSource.class, () -> dataSource);
        return new TestNode(new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(Map.of(
                        "spring.main.banner-mode", "off",
                        "axon.timeout.enabled", "false",
                        "spring.flyway.enabled", "false",
                        "logging.level.root", "warn"))
                .properties(properties)
                .initializers(pool)
                .run());
    }

    public <R> CompletableFuture<R> send(Object command) {
        return context.getBean(CommandGateway.class).send(command);
    }

    public <R> R sendAndWait(Object command) {
        return context.getBean(CommandGateway.class).sendAndWait(command);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
