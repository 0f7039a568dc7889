package orderplatform.eventstore.saga;

import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import orderplatform.eventstore.commit.LaneCommandBus;
import orderplatform.eventstore.log.LogEventStore;
import orderplatform.eventstore.reader.ParkingTables;
import org.axonframework.deadline.DeadlineManager;
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
    BatchedSagaStore sagaStore(SagaTables sagaTables, Serializer serializer) {
        return new BatchedSagaStore(sagaTables, serializer, IN_MEMORY);
    }

    @Bean
    SagaReactions sagaReactions(
            BatchedSagaStore sagaStore, SagaTables sagaTables, ParkingTables parkings, MeterRegistry meters) {
        return new SagaReactions(sagaStore, sagaTables, parkings, meters);
    }

    @Bean
    ReactionCatchUp reactionCatchUp(
            DataSource dataSource,
            Serializer serializer,
            SagaReactions reactions,
            LaneCommandBus lane,
            LogEventStore log) {
        return new ReactionCatchUp(dataSource, serializer, reactions, lane, log);
    }

    @Bean
    DeadlineManager deadlineManager(SagaTables sagaTables, Serializer serializer) {
        return new BatchedDeadlines(sagaTables, serializer);
    }
}
