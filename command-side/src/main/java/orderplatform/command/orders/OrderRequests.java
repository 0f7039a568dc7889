package orderplatform.command.orders;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import orderplatform.api.Identifiers;
import orderplatform.api.orders.OrderCommand;
import orderplatform.api.orders.OrderLine;
import org.jspecify.annotations.Nullable;

/** The bodies of the write calls for orders. */
interface OrderRequests {

    /** @param shipping left out if there is none, so that a request from before it existed keeps its digest */
    record PlaceOrder(
            @Nullable @Pattern(regexp = Identifiers.PATTERN) String orderId,
            @NotNull @Pattern(regexp = Identifiers.PATTERN) String customerId,

            @NotNull @Pattern(regexp = "[A-Z]{3}", message = "must be an ISO 4217 code")
            String currency,

            @Nullable @Valid ContactDetails contact,

            @NotNull @Size(min = 1, max = OrderCommand.Place.MAX_LINES)
            List<@NotNull @Valid Line> lines,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable @Min(0) @Max(OrderCommand.Place.MAX_SHIPPING)
            Long shipping) {}

    record Line(
            @NotNull @Pattern(regexp = Identifiers.PATTERN) String sku,
            @NotNull @Min(1) @Max(OrderLine.MAX_QUANTITY) Integer quantity,
            @Nullable @Min(0) @Max(OrderLine.MAX_UNIT_PRICE) Long unitPrice) {}

    record ContactDetails(
            @Nullable @Mailable String email,

            @Nullable @Pattern(regexp = "\\+?[0-9][0-9 ()-]{2,30}", message = "must be a phone number")
            String phone) {}

    record CancelOrder(@NotBlank @Size(max = 500) String reason) {}
}
