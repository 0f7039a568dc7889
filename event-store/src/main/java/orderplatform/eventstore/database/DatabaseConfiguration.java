package orderplatform.eventstore.database;

import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One clock for all nodes. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    @Bean
    DatabaseClock databaseClock(DataSource dataSource) {
        return new DatabaseClock(dataSource);
    }
}
