package orderplatform.app.simulation;

import static orderplatform.app.simulation.Rules.require;

import java.util.List;
import orderplatform.eventstore.log.MemoryLog.Logged;

/** Every event is published at least once and has its effect exactly once. */
record DeliveryCheck(List<Logged> events, Broker broker) {

    void check() {
        for (var event : events) {
            var id = event.id().toString();
            require(broker.published().containsKey(id), "every event is published", () -> event);
            var effects = broker.effects().getOrDefault(id, 0);
            require(effects == 1, "every event has its effect once", () -> effects + " effects of " + event);
        }
    }
}
