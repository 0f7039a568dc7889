package orderplatform.eventstore.personal;

import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Import this on nodes that seal or open personal data; Flyway has made the schema {@code personal_data}.
 *
 * <p>No component of its own, so that an application on the log without such data is left alone.
 */
@EnableConfigurationProperties(PersonalDataProperties.class)
public class PersonalDataConfiguration {

    @Bean
    @DependsOn("flywayInitializer")
    PersonalTexts personalTexts(DataSource dataSource, PersonalDataProperties properties) {
        var database = new JdbcTemplate(dataSource);
        var keys = new PersonKeys(database, new MasterKeys(properties, database));
        keys.rotate();
        return new PersonalTexts(keys);
    }
}
