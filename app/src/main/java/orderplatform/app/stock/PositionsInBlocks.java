package orderplatform.app.stock;

import org.flywaydb.core.Flyway;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jpa.autoconfigure.EntityManagerFactoryBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Takes back what the platform changed of Axon's JPA entities, for the peer that is Axon as it comes. */
@Profile("stock")
@ConditionalOnProperty(name = "platform.stock.engine", havingValue = "jpa")
@Configuration(proxyBeanMethods = false)
class PositionsInBlocks {

    @Bean
    EntityManagerFactoryBuilderCustomizer withoutOurMapping() {
        return builder -> builder.setPersistenceUnitPostProcessors(
                unit -> unit.getMappingFileNames().remove("META-INF/orm.xml"));
    }

    /** Between the migrations and Hibernate, which compares the sequence with its entities. */
    @Bean
    FlywayMigrationStrategy blocksOfFifty() {
        return flyway -> {
            flyway.migrate();
            widen(flyway);
        };
    }

    private static void widen(Flyway flyway) {
        JdbcClient.create(flyway.getConfiguration().getDataSource())
                .sql("ALTER SEQUENCE domain_event_entry_seq INCREMENT BY 50")
                .update();
    }
}
