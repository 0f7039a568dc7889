package orderplatform.app.start;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import orderplatform.app.Platform;
import orderplatform.app.embedded.EmbeddedServers;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

class SchemaVersionTest {

    @TempDir
    Path folder;

    @Configuration
    static class Nothing {}

    @Test
    void a_database_of_a_newer_version_is_refused() throws IOException {
        Path older = migrations("older", "V1__first.sql");
        Path newer = migrations("newer", "V1__first.sql", "V2__second.sql");
        var application = new SpringApplicationBuilder(Nothing.class)
                .bannerMode(Banner.Mode.OFF)
                .web(WebApplicationType.NONE)
                .initializers(new EmbeddedServers())
                .build();
        try (var context = Platform.run(application, "--platform.data-dir=" + folder.resolve("data"))) {
            SchemaVersion.migrate(flyway(context.getEnvironment(), older));
            SchemaVersion.migrate(flyway(context.getEnvironment(), newer));
            assertThatThrownBy(() -> SchemaVersion.migrate(flyway(context.getEnvironment(), older)))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("migration 2 is unknown here");
        }
    }

    private Path migrations(String version, String... files) throws IOException {
        Path location = Files.createDirectories(folder.resolve(version));
        for (String file : files) {
            Files.writeString(location.resolve(file), "SELECT 1;");
        }
        return location;
    }

    private static Flyway flyway(Environment environment, Path location) {
        return Flyway.configure()
                .dataSource(
                        environment.getRequiredProperty("spring.datasource.url"),
                        environment.getRequiredProperty("spring.flyway.user"),
                        environment.getRequiredProperty("spring.flyway.password"))
                .locations("filesystem:" + location)
                .load();
    }
}
