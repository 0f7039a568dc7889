package orderplatform.app.start;

import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Refuses a database whose tables a newer version of the platform has made; an older one is migrated. */
@Configuration(proxyBeanMethods = false)
class SchemaVersion {

    @Bean
    FlywayMigrationStrategy migrateUnlessNewer() {
        return SchemaVersion::migrate;
    }

    static void migrate(Flyway flyway) {
        Arrays.stream(flyway.info().all())
                .filter(SchemaVersion::isNewer)
                .findFirst()
                .ifPresent(migration -> {
                    throw new StartFailure(
                            "the database was made by a newer version of the platform (migration %s is unknown here); start the newer version"
                                    .formatted(migration.getVersion()));
                });
        flyway.migrate();
    }

    private static boolean isNewer(MigrationInfo migration) {
        return switch (migration.getState()) {
            case FUTURE_SUCCESS, FUTURE_FAILED -> true;
            default -> false;
        };
    }
}
