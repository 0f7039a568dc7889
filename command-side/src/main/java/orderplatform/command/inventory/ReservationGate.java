package orderplatform.command.inventory;

import orderplatform.api.Outcome;
import orderplatform.api.Sku;
import orderplatform.api.inventory.StockCommand;
import orderplatform.api.inventory.StockEvent;
import orderplatform.api.inventory.StockLevels;
import orderplatform.api.orders.RejectionReason;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventhandling.gateway.EventGateway;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.springframework.stereotype.Component;

/**
 * What a reservation passes before it reaches the SKU's stream. Sold out by a hint, or no such SKU: it is refused by an
 * event that belongs to no stream, so that nothing is loaded and no stream is made for a SKU that does not exist.
 * Hot: it waits for this node's turn, which it shares with all that are committed with it, and which ends with the commit.
 */
@Component
public class ReservationGate implements MessageHandlerInterceptor<CommandMessage<?>> {

    private final SoldOutHints hints;
    private final HotSkus hotSkus;
    private final SkuTurns turns;
    private final EventGateway events;

    ReservationGate(SoldOutHints hints, HotSkus hotSkus, SkuTurns turns, EventGateway events) {
        this.hints = hints;
        this.hotSkus = hotSkus;
        this.turns = turns;
        this.events = events;
    }

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain) throws Exception {
        return switch (work.getMessage().getPayload()) {
            case StockCommand.Reserve reserve -> reserve(reserve, work, chain);
            case StockCommand.Release _ -> release(chain);
            default -> chain.proceed();
        };
    }

    private Object reserve(StockCommand.Reserve reserve, UnitOfWork<?> work, InterceptorChain chain) throws Exception {
        var sku = reserve.sku();
        var hot = hotSkus.enter(sku);
        work.onCleanup(done -> hotSkus.leave(sku));
        if (hot) {
            if (isSoldOut(sku, work.root())) {
                return refuse(reserve, RejectionReason.INSUFFICIENT_STOCK);
            }
            sharedTurns(work.root()).take(sku);
        }
        try {
            return chain.proceed();
        } catch (AggregateNotFoundException e) {
            return refuse(reserve, RejectionReason.UNKNOWN_SKU);
        }
    }

    /** Reservations that share a commit share the look at the hint. */
    private boolean isSoldOut(Sku sku, UnitOfWork<?> commit) {
        return commit.getOrComputeResource("orderplatform.hint." + sku, key -> hints.isSoldOut(sku));
    }

    private SkuTurns.Shared sharedTurns(UnitOfWork<?> commit) {
        return commit.getOrComputeResource("orderplatform.turns", key -> {
            var shared = turns.new Shared();
            commit.onCleanup(done -> shared.close());
            return shared;
        });
    }

    /** An order that named an unknown SKU gives back what it held of it: nothing. */
    private static Object release(InterceptorChain chain) throws Exception {
        try {
            return chain.proceed();
        } catch (AggregateNotFoundException e) {
            return new Outcome.Accepted<>(StockLevels.NONE, 0);
        }
    }

    private Object refuse(StockCommand.Reserve reserve, String code) {
        events.publish(
                new StockEvent.ReservationRejected(reserve.sku(), reserve.orderId(), code, reserve.quantity(), 0));
        return new Outcome.Accepted<>(StockLevels.NONE, 0);
    }
}
