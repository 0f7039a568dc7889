package orderplatform.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import orderplatform.api.customers.CustomerEvent;
import orderplatform.api.inventory.StockEvent;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.payments.PaymentEvent;

/**
 * The logical name and revision under which every event is stored and published. A class may be renamed or moved; a
 * name in here is storage and never changes.
 */
public final class EventCatalogue {

    /** @param revision counted from 1, raised with every change to the event's JSON; see docs/changing-an-event.md */
    public record Entry(Class<?> type, String name, String revision) {}

    public static final List<Entry> ENTRIES = List.of(
            new Entry(OrderEvent.Placed.class, "order.placed", "2"),
            new Entry(OrderEvent.StockAwaited.class, "order.stock-awaited", "1"),
            new Entry(OrderEvent.PaymentAwaited.class, "order.payment-awaited", "1"),
            new Entry(OrderEvent.Confirmed.class, "order.confirmed", "1"),
            new Entry(OrderEvent.Rejected.class, "order.rejected", "1"),
            new Entry(OrderEvent.Cancelled.class, "order.cancelled", "1"),
            new Entry(StockEvent.Received.class, "stock.received", "1"),
            new Entry(StockEvent.Adjusted.class, "stock.adjusted", "1"),
            new Entry(StockEvent.Reserved.class, "stock.reserved", "1"),
            new Entry(StockEvent.ReservationRejected.class, "stock.reservation-rejected", "1"),
            new Entry(StockEvent.Allocated.class, "stock.allocated", "1"),
            new Entry(StockEvent.Released.class, "stock.released", "1"),
            new Entry(StockEvent.Deallocated.class, "stock.deallocated", "1"),
            new Entry(PaymentEvent.AuthorisationRequested.class, "payment.authorisation-requested", "1"),
            new Entry(PaymentEvent.Authorised.class, "payment.authorised", "1"),
            new Entry(PaymentEvent.Declined.class, "payment.declined", "1"),
            new Entry(PaymentEvent.OutcomeUnknown.class, "payment.outcome-unknown", "1"),
            new Entry(PaymentEvent.CaptureRequested.class, "payment.capture-requested", "1"),
            new Entry(PaymentEvent.Captured.class, "payment.captured", "1"),
            new Entry(PaymentEvent.CaptureDeclined.class, "payment.capture-declined", "1"),
            new Entry(PaymentEvent.CancellationRequested.class, "payment.cancellation-requested", "1"),
            new Entry(PaymentEvent.VoidRequested.class, "payment.void-requested", "1"),
            new Entry(PaymentEvent.Voided.class, "payment.voided", "1"),
            new Entry(PaymentEvent.RefundRequested.class, "payment.refund-requested", "1"),
            new Entry(PaymentEvent.Refunded.class, "payment.refunded", "1"),
            new Entry(CustomerEvent.PersonalDataErased.class, "customer.personal-data-erased", "1"));

    /** From each revision that was ever written to the next, in the order in which an event goes through them. */
    public static final List<EventUpcast> UPCASTS =
            List.of(new EventUpcast("order.placed", 1, placed -> placed.put("shipping", 0)));

    private static final Map<Class<?>, Entry> BY_TYPE =
            ENTRIES.stream().collect(Collectors.toMap(Entry::type, Function.identity()));
    private static final Map<String, Entry> BY_NAME =
            ENTRIES.stream().collect(Collectors.toMap(Entry::name, Function.identity()));

    private EventCatalogue() {}

    /** The entry of an event class; empty for a class that is no event. */
    public static Optional<Entry> ofType(Class<?> type) {
        return Optional.ofNullable(BY_TYPE.get(type));
    }

    /** The entry stored under a logical name; empty for a name that no event has. */
    public static Optional<Entry> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
