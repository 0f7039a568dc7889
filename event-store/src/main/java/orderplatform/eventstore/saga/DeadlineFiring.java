package orderplatform.eventstore.saga;

import orderplatform.eventstore.commit.LaneCommandBus;
import org.springframework.context.annotation.Bean;

/**
 * Import this on nodes that run sagas: they fire the deadlines of all nodes' sagas.
 *
 * <p>No component of its own, so that a node without sagas is left out.
 */
public class DeadlineFiring {

    @Bean
    DeadlineRunner deadlineRunner(SagaReactions reactions, LaneCommandBus lane) {
        return new DeadlineRunner(reactions, lane);
    }
}
