package orderplatform.saga.fulfilment;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;

/** What an order's saga has injected, made without Spring. */
public final class SimulatedFulfilment {

    private SimulatedFulfilment() {}

    public static Settlements settlements() {
        return new Settlements(new CompositeMeterRegistry());
    }
}
