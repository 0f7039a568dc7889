package orderplatform.command.orders;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import orderplatform.api.CustomerId;
import orderplatform.api.Problem;
import orderplatform.api.ProblemType;
import orderplatform.api.orders.Contact;
import orderplatform.api.orders.OrderCommand;
import orderplatform.api.orders.OrderId;
import orderplatform.api.orders.OrderLine;
import orderplatform.api.orders.OrderStatus;
import orderplatform.api.orders.RejectionReason;
import orderplatform.command.web.Answers;
import orderplatform.command.web.Commands;
import orderplatform.command.web.LogPositions;
import orderplatform.command.web.WriteHeaders;
import orderplatform.eventstore.personal.PersonalTexts;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Places and cancels orders. */
@RestController
@RequestMapping("/api/orders")
class OrderController {

    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private final Commands commands;
    private final Answers answers;
    private final LogPositions positions;
    private final ListPrices prices;
    private final OrderOutcomes outcomes;
    private final OrderIntake intake;
    private final PersonalTexts personal;

    OrderController(
            Commands commands,
            Answers answers,
            LogPositions positions,
            ListPrices prices,
            OrderOutcomes outcomes,
            OrderIntake intake,
            PersonalTexts personal) {
        this.commands = commands;
        this.answers = answers;
        this.positions = positions;
        this.prices = prices;
        this.outcomes = outcomes;
        this.intake = intake;
        this.personal = personal;
    }

    /**
     * @param position in the log of the event that made the version
     * @param rejection of a rejected order only
     */
    record OrderState(
            OrderId orderId,
            OrderStatus status,
            long version,
            long position,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            RejectionReason rejection) {}

    @PostMapping
    ResponseEntity<String> place(
            @RequestHeader HttpHeaders httpHeaders, @RequestBody @Valid OrderRequests.PlaceOrder order) {
        intake.refuseWhereCrowded();
        var headers = WriteHeaders.of(httpHeaders);
        var orderId = orderId(order, headers.requireIdempotencyKey());
        requireKnown(order.currency());
        return answers.once(headers, List.of("POST /api/orders", order), id -> place(orderId, order, headers, id));
    }

    /** The same key names the same order, so that a repeat after a crash finds what the first attempt placed. */
    private static OrderId orderId(OrderRequests.PlaceOrder order, String key) {
        return new OrderId(
                order.orderId() == null
                        ? UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8))
                                .toString()
                        : order.orderId());
    }

    private Answers.Written place(
            OrderId orderId, OrderRequests.PlaceOrder order, WriteHeaders headers, String commandId) {
        intake.awaitRoom();
        var state = outcome(orderId, placed(orderId, order, headers, commandId), headers);
        var location = Map.of(HttpHeaders.LOCATION, "/api/orders/" + orderId);
        return written(HttpStatus.CREATED, orderId, state, location);
    }

    private OrderOutcomes.Settled placed(
            OrderId orderId, OrderRequests.PlaceOrder order, WriteHeaders headers, String commandId) {
        List<OrderLine> lines;
        try {
            lines = prices.price(order, headers.actor());
        } catch (Problem unpriced) {
            // The prices of an attempt that was not answered stand, whatever has become of the list since.
            return outcomes.placedBy(commandId, orderId).orElseThrow(() -> unpriced);
        }
        var contact = order.contact();
        var accepted = commands.<OrderStatus>accepted(
                new OrderCommand.Place(
                        orderId,
                        new CustomerId(order.customerId()),
                        order.currency(),
                        contact == null ? null : sealed(contact, order.customerId()),
                        lines,
                        Objects.requireNonNullElse(order.shipping(), 0L)),
                headers.actor(),
                commandId);
        return new OrderOutcomes.Settled(accepted.state(), accepted.version(), null);
    }

    private Contact sealed(OrderRequests.ContactDetails contact, String customerId) {
        return new Contact(
                contact.email() == null ? null : personal.seal(customerId, Contact.EMAIL_FIELD, contact.email()),
                contact.phone() == null ? null : personal.seal(customerId, Contact.PHONE_FIELD, contact.phone()));
    }

    /** What became of an order, as far as the caller waits for it, or an attempt before this one got it. */
    private OrderOutcomes.Settled outcome(OrderId orderId, OrderOutcomes.Settled placed, WriteHeaders headers) {
        if (headers.outcomeWithin().isZero() && !placed.status().isSettled()) {
            return placed;
        }
        try {
            return outcomes.await(orderId, headers.outcomeWithin()).orElse(placed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return placed;
        }
    }

    @PostMapping("/{orderId}/cancellation")
    ResponseEntity<String> cancel(
            @PathVariable String orderId,
            @RequestHeader HttpHeaders httpHeaders,
            @RequestBody @Valid OrderRequests.CancelOrder cancellation) {
        var headers = WriteHeaders.of(httpHeaders);
        var request = List.of("POST /api/orders/cancellation", orderId, cancellation);
        return answers.once(headers, request, id -> cancel(orderId, cancellation.reason(), headers, id));
    }

    private Answers.Written cancel(String orderId, String reason, WriteHeaders headers, String commandId) {
        try {
            var id = new OrderId(orderId);
            var accepted = commands.<OrderStatus>accepted(
                    new OrderCommand.Cancel(id, reason, headers.ifVersion()), headers.actor(), commandId);
            var state = new OrderOutcomes.Settled(accepted.state(), accepted.version(), null);
            return written(HttpStatus.OK, id, state, Map.of());
        } catch (AggregateNotFoundException | IllegalArgumentException e) {
            throw headers.missing(Problem.of(ProblemType.ORDER_NOT_FOUND, "There is no such order."));
        }
    }

    private Answers.Written written(
            HttpStatus status, OrderId orderId, OrderOutcomes.Settled state, Map<String, String> headers) {
        var position = positions.of(orderId.stream(), state.version());
        return Answers.Written.event(
                status,
                new OrderState(orderId, state.status(), state.version(), position, state.rejection()),
                state.version(),
                position,
                headers);
    }

    private static void requireKnown(String currency) {
        if (!CURRENCIES.contains(currency)) {
            throw Problem.invalid("currency", "must be an ISO 4217 code");
        }
    }
}
