package orderplatform.command.inventory;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import orderplatform.api.Money;
import orderplatform.api.inventory.StockCommand;
import orderplatform.api.orders.OrderLine;
import org.jspecify.annotations.Nullable;

/** The bodies of the write calls for stock. */
interface StockRequests {

    record ReceiveStock(
            @NotNull @Min(1) @Max(StockCommand.Receive.MAX_QUANTITY)
            Long quantity,

            @Nullable @Size(min = 1, max = StockCommand.Receive.MAX_NAME_CHARACTERS)
            String name,

            @Nullable @Valid ListPrice listPrice) {}

    record ListPrice(
            @NotNull @Min(0) @Max(OrderLine.MAX_UNIT_PRICE) Long amount,

            @NotNull @Pattern(regexp = "[A-Z]{3}", message = "must be an ISO 4217 code")
            String currency) {

        /** @throws IllegalArgumentException if the currency is unknown */
        Money toMoney() {
            return new Money(amount, currency);
        }
    }

    record AdjustStock(
            @NotNull @Min(0) @Max(StockItem.MAX_ON_HAND) Long from,
            @NotNull @Min(0) @Max(StockItem.MAX_ON_HAND) Long to,

            @NotBlank @Size(max = 500) String reason) {}
}
