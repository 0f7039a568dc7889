package orderplatform.command.orders;

import java.util.ArrayList;
import java.util.List;
import orderplatform.api.Money;
import orderplatform.api.Problem;
import orderplatform.api.Sku;
import orderplatform.api.inventory.StockCommand;
import orderplatform.api.orders.OrderLine;
import orderplatform.command.web.Commands;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Fixes the price of every line at placement: the customer's, or else the SKU's list price. */
@Component
class ListPrices {

    private final Commands commands;

    ListPrices(Commands commands) {
        this.commands = commands;
    }

    /** @throws Problem naming the line that has no price in the order's currency */
    List<OrderLine> price(OrderRequests.PlaceOrder order, String actor) {
        var priced = new ArrayList<OrderLine>();
        for (var line : order.lines()) {
            var sku = new Sku(line.sku());
            var field = "lines[%d].unitPrice".formatted(priced.size());
            var price = line.unitPrice() == null ? listPrice(sku, order.currency(), field, actor) : line.unitPrice();
            priced.add(new OrderLine(sku, line.quantity(), price));
        }
        return priced;
    }

    private long listPrice(Sku sku, String currency, String field, String actor) {
        var price = quote(sku, actor);
        if (price == null) {
            throw Problem.invalid(field, "is required: %s has no list price".formatted(sku));
        }
        if (!price.currency().equals(currency)) {
            throw Problem.invalid(field, "is required: the list price of %s is in %s".formatted(sku, price.currency()));
        }
        return price.amount();
    }

    private @Nullable Money quote(Sku sku, String actor) {
        try {
            return commands.send(new StockCommand.Quote(sku), actor);
        } catch (AggregateNotFoundException e) {
            return null;
        }
    }
}
