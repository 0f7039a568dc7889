package orderplatform.app.engine;

import orderplatform.command.orders.Backlog;
import orderplatform.eventstore.commit.LaneCommandBus;
import orderplatform.saga.payments.ProviderCalls;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Fulfilment reacts in the commit: what is left is this node's lane, and its calls to the payment provider if it runs sagas. */
@Profile("!baseline")
@Component
class EngineBacklog implements Backlog {

    private final LaneCommandBus lane;
    private final ObjectProvider<ProviderCalls> calls;

    EngineBacklog(LaneCommandBus lane, ObjectProvider<ProviderCalls> calls) {
        this.lane = lane;
        this.calls = calls;
    }

    @Override
    public long events() {
        return calls.stream().mapToLong(ProviderCalls::waiting).sum();
    }

    /** They can be seen at once. */
    @Override
    public void expect(long events) {}

    @Override
    public int commands() {
        return lane.waiting();
    }
}
