package orderplatform.app.stock;

import java.sql.SQLException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jpa.autoconfigure.EntityManagerFactoryBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

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

    /** Before Hibernate compares the sequence with its entities. */
    @Bean
    Callback blocksOfFifty() {
        return new BaseCallback() {

            @Override
            public boolean supports(Event event, Context context) {
                return event == Event.AFTER_MIGRATE;
            }

            @Override
            public void handle(Event event, Context context) {
                try (var statement = context.getConnection().createStatement()) {
                    statement.execute("ALTER SEQUENCE domain_event_entry_seq INCREMENT BY 50");
                } catch (SQLException e) {
                    throw new IllegalStateException("The sequence of positions can't be changed", e);
                }
            }
        };
    }
}
