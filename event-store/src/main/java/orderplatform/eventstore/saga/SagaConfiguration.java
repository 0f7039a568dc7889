package orderplatform.eventstore.saga;

import javax.sql.DataSource;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.serialization.Serializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sagas and their deadlines beside the log; {@link DeadlineFiring} is for the nodes that run sagas. */
@Configuration(proxyBeanMethods = false)
class SagaConfiguration {

    /** More orders than are usually under way in a segment. */
    private static final int IN_MEMORY = 20_000;

    @Bean
    SagaTables sagaTables(DataSource dataSource) {
        return new SagaTables(dataSource);
    }

    @Bean
    SagaStore<Object> sagaStore(SagaTables sagaTables, Serializer serializer) {
        return new BatchedSagaStore(sagaTables, serializer, IN_MEMORY);
    }

    @Bean
    DeadlineManager deadlineManager(SagaTables sagaTables, Serializer serializer) {
        return new BatchedDeadlines(sagaTables, serializer);
    }
}
