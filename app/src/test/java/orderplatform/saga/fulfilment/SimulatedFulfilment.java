package orderplatform.saga.fulfilment;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import orderplatform.eventstore.commit.AfterCommit;

/** What an order's saga has injected, made without Spring. */
public final class SimulatedFulfilment {

    private SimulatedFulfilment() {}

    public static Settlements settlements(AfterCommit afterCommit) {
        return new Settlements(new CompositeMeterRegistry(), afterCommit);
    }
}
