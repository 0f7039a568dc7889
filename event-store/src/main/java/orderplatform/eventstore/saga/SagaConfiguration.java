package orderplatform.eventstore.saga;

import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import orderplatform.eventstore.commit.LaneCommandBus;
import orderplatform.eventstore.log.LogEventStore;
import orderplatform.eventstore.parking.ParkingTables;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.serialization.Serializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Sagas and their deadlines beside the log; {@link DeadlineFiring} is for the nodes that run sagas. */
@Configuration(proxyBeanMethods = false)
class SagaConfiguration {

    /** More than are usually under way on a node. */
    private static final int IN_MEMORY = 20_000;

    @Bean
    SagaTable sagaTable(JdbcTemplate database) {
        return new SagaTable(database);
    }

    @Bean
    SagaMemory sagaMemory(Serializer serializer) {
        return new SagaMemory(serializer, IN_MEMORY);
    }

    @Bean
    SagaReactions sagaReactions(
            SagaMemory sagaMemory, SagaTable sagaTable, ParkingTables parkings, MeterRegistry meters) {
        return new SagaReactions(sagaMemory, sagaTable, parkings, meters);
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
    DeadlineManager deadlineManager(SagaMemory sagaMemory, Serializer serializer) {
        return new SagaDeadlines(sagaMemory, serializer);
    }
}
