package orderplatform.app.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import orderplatform.app.Platform;
import orderplatform.app.embedded.EmbeddedServers;
import orderplatform.eventstore.projection.ProjectionMigrations;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class SchemaVersionTest {

    private static ConfigurableApplicationContext servers;

    @TempDir
    Path folder;

    @Configuration
    static class Nothing {}

    @BeforeAll
    static void start() {
        var application = new SpringApplicationBuilder(Nothing.class)
                .bannerMode(Banner.Mode.OFF)
                .web(WebApplicationType.NONE)
                .initializers(new EmbeddedServers())
                .build();
        servers = Platform.run(application, "--platform.data-dir=" + Platform.newFolder());
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @Test
    void a_database_of_a_newer_version_is_refused() throws IOException {
        Path older = migrations("older", "V1__first.sql");
        Path newer = migrations("newer", "V1__first.sql", "V2__second.sql");
        var owner = newDatabase("newer");
        SchemaVersion.migrate(flyway(owner, "filesystem:" + older));
        SchemaVersion.migrate(flyway(owner, "filesystem:" + newer));
        assertThatThrownBy(() -> SchemaVersion.migrate(flyway(owner, "filesystem:" + older)))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("migration 2 is unknown here");
    }

    /** As a compose file starts them. Half of the steps of another node are no state to decide on. */
    @Test
    void a_node_that_starts_while_another_migrates_waits_for_it() throws Exception {
        var owner = newDatabase("fresh");
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var nodes = Executors.newFixedThreadPool(2)) {
            var first = nodes.submit(() -> start(owner, () -> {
                begun.countDown();
                await(goOn);
            }));
            begun.await();
            var second = nodes.submit(() -> start(owner, () -> {}));
            try {
                Awaitility.await("wait of the second node")
                        .until(() -> number(owner, "SELECT count(*) FROM pg_locks WHERE NOT granted") == 1);
            } finally {
                goOn.countDown();
            }
            first.get();
            second.get();
        }
        assertThat(number(owner, "SELECT count(*) FROM event_log.event")).isZero();
    }

    private static void start(DataSource owner, Runnable meanwhile) {
        var flyway = Flyway.configure()
                .configuration(flyway(owner, "classpath:db/migration", "classpath:db/privileges")
                        .getConfiguration())
                .callbacks(new BaseCallback() {
                    @Override
                    public boolean supports(Event event, Context context) {
                        return event == Event.BEFORE_MIGRATE;
                    }

                    @Override
                    public void handle(Event event, Context context) {
                        meanwhile.run();
                    }
                })
                .load();
        new SchemaVersion()
                .tables(owner, new StaticListableBeanFactory().getBeanProvider(ProjectionMigrations.class))
                .migrate(flyway);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long number(DataSource database, String query) {
        return new JdbcTemplate(database).queryForObject(query, Long.class);
    }

    private Path migrations(String version, String... files) throws IOException {
        Path location = Files.createDirectories(folder.resolve(version));
        for (String file : files) {
            Files.writeString(location.resolve(file), "SELECT 1;");
        }
        return location;
    }

    private static DataSource newDatabase(String name) {
        new JdbcTemplate(owners("orderplatform")).execute("CREATE DATABASE " + name);
        return owners(name);
    }

    private static DataSource owners(String database) {
        var environment = servers.getEnvironment();
        return new DriverManagerDataSource(
                environment.getRequiredProperty("spring.datasource.url").replace("/orderplatform", "/" + database),
                environment.getRequiredProperty("spring.flyway.user"),
                environment.getRequiredProperty("spring.flyway.password"));
    }

    private static Flyway flyway(DataSource owner, String... locations) {
        return Flyway.configure()
                .dataSource(owner)
                .locations(locations)
                .placeholders(Map.of("applicationRole", "orderplatform"))
                .load();
    }
}
