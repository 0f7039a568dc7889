package orderplatform.eventstore.saga;

import javax.sql.DataSource;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.serialization.Serializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Sagas and their deadlines beside the log; {@link DeadlineFiring} is for the nodes that run sagas. */
@Configuration(proxyBeanMethods = false)
class SagaConfiguration {

    /** More orders than are usually under way in a segment. */
    private static final int IN_MEMORY = 20_000;

    @Bean
    SagaStore<Object> sagaStore(DataSource dataSource, Serializer serializer) {
        return new BatchedSagaStore(dataSource, serializer, IN_MEMORY);
    }

    @Bean
    DeadlineManager deadlineManager(DataSource dataSource, Serializer serializer) {
        return new BatchedDeadlines(new JdbcTemplate(dataSource), serializer);
    }
}
