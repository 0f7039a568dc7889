package orderplatform.command.orders;

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
import orderplatform.api.orders.Contact;
import orderplatform.api.orders.OrderCommand;
import orderplatform.api.orders.OrderId;
import orderplatform.api.orders.OrderStatus;
import orderplatform.command.web.Answers;
import orderplatform.command.web.Commands;
import orderplatform.command.web.LogPositions;
import orderplatform.command.web.Problem;
import orderplatform.command.web.WriteHeaders;
import orderplatform.eventstore.personal.PersonalTexts;
import org.axonframework.modelling.command.AggregateNotFoundException;
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

    /** @param position in the log of the event that made the version */
    record OrderState(OrderId orderId, OrderStatus status, long version, long position) {}

    @PostMapping
    ResponseEntity<String> place(
            @RequestHeader HttpHeaders httpHeaders, @RequestBody @Valid OrderRequests.PlaceOrder order) {
        intake.refuseWhereCrowded();
        var headers = WriteHeaders.of(httpHeaders);
        var key = headers.requireIdempotencyKey();
        requireKnown(order.currency());
        return answers.once(headers, List.of("POST /api/orders", order), () -> place(order, key, headers));
    }

    private Answers.Written place(OrderRequests.PlaceOrder order, String key, WriteHeaders headers) {
        intake.awaitRoom();
        var orderId = orderId(order, key);
        var contact = order.contact();
        var accepted = commands.<OrderStatus>accepted(
                new OrderCommand.Place(
                        orderId,
                        new CustomerId(order.customerId()),
                        order.currency(),
                        contact == null ? null : sealed(contact, order.customerId()),
                        prices.price(order, headers.actor()),
                        Objects.requireNonNullElse(order.shipping(), 0L)),
                headers.actor());
        var state = settledOr(orderId, new OrderOutcomes.Settled(accepted.state(), accepted.version()), headers);
        var location = Map.of(HttpHeaders.LOCATION, "/api/orders/" + orderId);
        return written(HttpStatus.CREATED, orderId, state, location);
    }

    private Contact sealed(OrderRequests.ContactDetails contact, String customerId) {
        return new Contact(
                contact.email() == null ? null : personal.seal(customerId, contact.email()),
                contact.phone() == null ? null : personal.seal(customerId, contact.phone()));
    }

    /** The same key names the same order, so that a repeat after a crash finds what the first attempt placed. */
    private static OrderId orderId(OrderRequests.PlaceOrder order, String key) {
        return new OrderId(
                order.orderId() == null
                        ? UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8))
                                .toString()
                        : order.orderId());
    }

    private OrderOutcomes.Settled settledOr(OrderId orderId, OrderOutcomes.Settled placed, WriteHeaders headers) {
        if (headers.outcomeWithin().isZero()) {
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
        return answers.once(headers, request, () -> cancel(orderId, cancellation.reason(), headers));
    }

    private Answers.Written cancel(String orderId, String reason, WriteHeaders headers) {
        try {
            var id = new OrderId(orderId);
            var accepted = commands.<OrderStatus>accepted(
                    new OrderCommand.Cancel(id, reason, headers.ifVersion()),
                    headers.actor(),
                    headers.idempotencyKey());
            var state = new OrderOutcomes.Settled(accepted.state(), accepted.version());
            return written(HttpStatus.OK, id, state, Map.of());
        } catch (AggregateNotFoundException | IllegalArgumentException e) {
            throw Problem.notFound("order-not-found", "There is no such order.");
        }
    }

    private Answers.Written written(
            HttpStatus status, OrderId orderId, OrderOutcomes.Settled state, Map<String, String> headers) {
        var position = positions.of(orderId.stream(), state.version());
        return Answers.Written.event(
                status,
                new OrderState(orderId, state.status(), state.version(), position),
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
