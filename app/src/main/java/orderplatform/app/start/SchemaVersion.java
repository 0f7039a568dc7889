package orderplatform.app.start;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import javax.sql.DataSource;
import orderplatform.eventstore.database.AdvisoryLock;
import orderplatform.eventstore.database.LogMigration;
import orderplatform.eventstore.projection.ProjectionMigrations;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * Refuses a database whose tables a newer version of the platform has made, or the platform on the other stores; an older
 * one is migrated.
 */
@Configuration(proxyBeanMethods = false)
class SchemaVersion {

    /** Names the lock of the node that migrates, in the database. */
    private static final long LOCK = 0x6d696772617465L;

    private static final String PRIVILEGES = "classpath:db/privileges";

    @Bean
    FlywayConfigurationCustomizer applicationRole(DataSource dataSource) {
        return flyway -> flyway.placeholders(Map.of("applicationRole", userOf(dataSource)));
    }

    @Bean
    @Profile("baseline")
    FlywayMigrationStrategy baselineTables(ObjectProvider<ProjectionMigrations> projections) {
        return flyway -> alone(flyway, () -> {
            migrate(flyway);
            projections.forEach(it -> migrate(beside(flyway, it)));
        });
    }

    @Bean
    @Profile("!baseline")
    FlywayMigrationStrategy tables(DataSource dataSource, ObjectProvider<ProjectionMigrations> projections) {
        return flyway -> alone(flyway, () -> {
            migrate(flyway);
            try {
                LogMigration.run(flyway.getConfiguration().getDataSource(), userOf(dataSource));
            } catch (LogMigration.NewerLog newer) {
                throw new StartFailure(newer.getMessage() + "; start the newer version of the platform", newer);
            } catch (LogMigration.LogInUse used) {
                throw new StartFailure(used.getMessage() + "; stop all nodes of the older version first", used);
            }
            projections.forEach(it -> migrate(beside(flyway, it)));
        });
    }

    /**
     * Nodes that start at once migrate one after the other: Flyway locks each of its steps, but not what is asked and granted between
     * them.
     */
    private static void alone(Flyway flyway, Runnable migrations) {
        AdvisoryLock.run(flyway.getConfiguration().getDataSource(), LOCK, migrations);
    }

    /** Its own history begins in a schema that has tables already. */
    private static Flyway beside(Flyway platform, ProjectionMigrations projections) {
        return Flyway.configure()
                .configuration(platform.getConfiguration())
                .table(projections.history())
                .locations(projections.location(), PRIVILEGES)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
    }

    static void migrate(Flyway flyway) {
        MigrationInfo[] migrations = flyway.info().all();
        refuse(
                migrations,
                "the database was made by a newer version of the platform (migration %s is unknown here); start the newer version",
                MigrationState.FUTURE_SUCCESS,
                MigrationState.FUTURE_FAILED);
        refuse(
                migrations,
                "the database was made with profile baseline (migration %s); start with --spring.profiles.active=baseline or with other data",
                MigrationState.MISSING_SUCCESS,
                MigrationState.MISSING_FAILED);
        refuse(
                migrations,
                "the database was made without profile baseline (migration %s is missing); start without it or with other data",
                MigrationState.IGNORED);
        flyway.migrate();
    }

    private static void refuse(MigrationInfo[] migrations, String reason, MigrationState... states) {
        Arrays.stream(migrations)
                .filter(migration -> Arrays.asList(states).contains(migration.getState()))
                .map(MigrationInfo::getVersion)
                .findFirst()
                .ifPresent(version -> {
                    throw new StartFailure(reason.formatted(version));
                });
    }

    private static String userOf(DataSource dataSource) {
        try (var connection = dataSource.getConnection()) {
            return connection.getMetaData().getUserName();
        } catch (SQLException unreachable) {
            throw new StartFailure("the database does not tell as whom the platform is connected", unreachable);
        }
    }
}
