package orderplatform.eventstore.saga;

import orderplatform.eventstore.commit.LaneCommandBus;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurationScopeAwareProvider;
import org.axonframework.serialization.Serializer;
import org.springframework.context.annotation.Bean;

/**
 * Import this on nodes that run sagas: they fire the deadlines of all nodes' sagas.
 *
 * <p>No component of its own, so that a node without sagas is left out.
 */
public class DeadlineFiring {

    @Bean
    DeadlineRunner deadlineRunner(
            SagaTables sagaTables,
            Serializer serializer,
            org.axonframework.config.Configuration axon,
            TransactionManager transactions,
            SagaReactions reactions,
            LaneCommandBus lane) {
        return new DeadlineRunner(
                sagaTables,
                serializer,
                new ConfigurationScopeAwareProvider(axon),
                transactions,
                axon.correlationDataProviders(),
                reactions,
                lane);
    }
}
