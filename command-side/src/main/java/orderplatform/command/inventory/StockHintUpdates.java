package orderplatform.command.inventory;

import orderplatform.api.Sku;
import orderplatform.api.inventory.StockEvent;
import orderplatform.api.inventory.StockLevels;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.stereotype.Component;

/**
 * Keeps the sold-out hints right: a SKU of which the last piece goes, or the first comes back, is told after the
 * commit and before the command is answered.
 */
@Component
@ProcessingGroup(StockHintUpdates.PROCESSOR)
public class StockHintUpdates {

    /** Name of the subscribing processor. */
    public static final String PROCESSOR = "stock-hints";

    private final SoldOutHints hints;

    StockHintUpdates(SoldOutHints hints) {
        this.hints = hints;
    }

    @EventHandler
    void on(StockEvent event, DomainEventMessage<?> message) {
        switch (event) {
            case StockEvent.Received in -> changed(in.sku(), in.levels(), in.quantity(), message);
            case StockEvent.Adjusted counted ->
                changed(counted.sku(), counted.levels(), counted.to() - counted.from(), message);
            case StockEvent.Reserved out -> changed(out.sku(), out.levels(), -out.quantity(), message);
            case StockEvent.Released back -> changed(back.sku(), back.levels(), back.quantity(), message);
            case StockEvent.Deallocated back -> changed(back.sku(), back.levels(), back.quantity(), message);
            case StockEvent.ReservationRejected _, StockEvent.Allocated _ -> {}
        }
    }

    private void changed(Sku sku, StockLevels levels, long difference, DomainEventMessage<?> message) {
        var soldOut = levels.available() == 0;
        var soldOutBefore = levels.available() == difference;
        if (soldOut != soldOutBefore) {
            var version = message.getSequenceNumber();
            CurrentUnitOfWork.get().afterCommit(work -> hints.tell(sku, soldOut, version));
        }
    }
}
