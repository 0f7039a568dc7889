package orderplatform.app.baseline;

import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.springframework.boot.jpa.autoconfigure.EntityManagerFactoryBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * Lets the peers have their positions in Axon's way. An event that becomes visible late is then told the position of one
 * that overtook it, so that two orders can show the same one.
 */
@Profile("baseline")
@Configuration(proxyBeanMethods = false)
class AxonsPositions {

    private static final String BLOCKS_OF_FIFTY = "ALTER SEQUENCE domain_event_entry_seq INCREMENT BY 50";
    private static final String GIVEN_BY_THE_TABLE =
            "ALTER TABLE domain_event_entry ALTER global_index SET DEFAULT nextval('domain_event_entry_seq')";
    private static final List<String> SAME_POSITION_TWICE = List.of(
            "DROP INDEX IF EXISTS order_view_newest",
            "CREATE INDEX IF NOT EXISTS order_view_newest_first ON order_view (placed_position DESC)");

    /** Without the platform's own mapping of the log, which asks for one position at a time. */
    @Bean
    EntityManagerFactoryBuilderCustomizer axonsMapping(BaselineSettings settings) {
        return builder -> {
            if (settings.engine() == BaselineSettings.Engine.JPA) {
                builder.setPersistenceUnitPostProcessors(
                        unit -> unit.getMappingFileNames().remove("db/baseline/orm.xml"));
            }
        };
    }

    /** Before Hibernate compares the sequence with its entities. */
    @Bean
    Callback axonsTables(BaselineSettings settings) {
        return new BaseCallback() {

            @Override
            public boolean supports(Event event, Context context) {
                return event == Event.AFTER_MIGRATE && settings.engine() != BaselineSettings.Engine.ORDERED;
            }

            @Override
            public void handle(Event event, Context context) {
                try (var statement = context.getConnection().createStatement()) {
                    statement.execute(
                            settings.engine() == BaselineSettings.Engine.JPA ? BLOCKS_OF_FIFTY : GIVEN_BY_THE_TABLE);
                    for (var sql : SAME_POSITION_TWICE) {
                        statement.execute(sql);
                    }
                } catch (SQLException e) {
                    throw new IllegalStateException("The tables can't be changed to Axon's positions", e);
                }
            }
        };
    }
}
