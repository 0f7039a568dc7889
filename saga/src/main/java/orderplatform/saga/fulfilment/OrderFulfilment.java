package orderplatform.saga.fulfilment;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import orderplatform.api.CustomerId;
import orderplatform.api.Money;
import orderplatform.api.Sku;
import orderplatform.api.inventory.StockCommand;
import orderplatform.api.inventory.StockEvent;
import orderplatform.api.orders.OrderCommand;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.api.orders.OrderStatus;
import orderplatform.api.orders.RejectionReason;
import orderplatform.api.payments.PaymentCommand;
import orderplatform.api.payments.PaymentEvent;
import orderplatform.api.payments.PaymentId;
import orderplatform.eventstore.saga.SagaProgress;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.modelling.saga.EndSaga;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.spring.stereotype.Saga;
import org.jspecify.annotations.NullUnmarked;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * One order's way from placed to confirmed.
 *
 * <pre>
 * order placed                 reserve every SKU
 * every SKU reserved           authorise the payment
 * payment authorised           confirm the order
 * order confirmed              allocate every SKU, capture the payment
 * payment captured             done
 *
 * a SKU can't be reserved      reject the order
 * payment declined             reject the order
 * a deadline passes            reject the order
 * order rejected               cancel the payment, release every SKU, done
 * capture declined             cancel the order
 * order cancelled              cancel the payment, give back every SKU, done
 * </pre>
 *
 * <p>The order alone decides between confirmed, rejected and cancelled; this saga follows its events. The same event
 * twice sends the same commands twice, which their handlers answer without a new event.
 */
@Saga
@ProcessingGroup(OrderFulfilment.PROCESSOR)
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE)
@NullUnmarked
public class OrderFulfilment implements SagaProgress {

    public static final String PROCESSOR = "fulfilment";

    @Autowired
    private transient CommandGateway commands;

    @Autowired
    private transient DeadlineManager deadlines;

    @Autowired
    private transient FulfilmentDeadlines waits;

    @Autowired
    private transient Settlements settlements;

    private OrderId orderId;
    private Instant placedAt;
    private CustomerId customerId;
    private Money total;
    private SortedMap<Sku, Long> quantities = new TreeMap<>();
    private SortedSet<Sku> reserved = new TreeSet<>();
    private Map<Sku, StockEvent.ReservationRejected> refused = new TreeMap<>();
    private boolean paymentRequested;
    private Map<String, String> scheduled = new HashMap<>();

    @StartSaga
    @SagaEventHandler(associationProperty = "orderId")
    public void on(OrderEvent.Placed event, @Timestamp Instant placedAt) {
        orderId = event.orderId();
        this.placedAt = placedAt;
        customerId = event.customerId();
        total = event.total();
        quantities = OrderEvent.quantities(event.lines());
        var expiresAt = placedAt.plus(waits.reservation());
        schedule(FulfilmentDeadlines.STOCK, placedAt.plus(waits.stock()));
        schedule(FulfilmentDeadlines.RESERVATION, expiresAt);
        quantities.forEach(
                (sku, quantity) -> commands.send(new StockCommand.Reserve(sku, orderId, quantity, expiresAt)));
    }

    @SagaEventHandler(associationProperty = "orderId")
    public void on(StockEvent.Reserved event, @Timestamp Instant at) {
        reserved.add(event.sku());
        whenEverySkuAnswered(at);
    }

    private void whenEverySkuAnswered(Instant at) {
        if (answered() < quantities.size() || paymentRequested) {
            return;
        }
        unschedule(FulfilmentDeadlines.STOCK);
        if (!refused.isEmpty()) {
            reject(shortage());
        } else if (total.isZero()) {
            commands.send(new OrderCommand.Confirm(orderId));
        } else {
            paymentRequested = true;
            schedule(FulfilmentDeadlines.PAYMENT, at.plus(waits.payment()));
            commands.send(new PaymentCommand.Authorise(PaymentId.of(orderId), orderId, customerId, total));
        }
    }

    /** A SKU may be refused after it was reserved, if the same reservation was asked for twice around a crash. */
    private int answered() {
        Set<Sku> answered = new HashSet<>(reserved);
        answered.addAll(refused.keySet());
        return answered.size();
    }

    @SagaEventHandler(associationProperty = "orderId")
    public void on(PaymentEvent.Authorised event) {
        commands.send(new OrderCommand.Confirm(orderId));
    }

    @SagaEventHandler(associationProperty = "orderId")
    public void on(OrderEvent.Confirmed event, @Timestamp Instant at) {
        settlements.record(OrderStatus.CONFIRMED, placedAt, at);
        unscheduleAll();
        quantities.keySet().forEach(sku -> commands.send(new StockCommand.Allocate(sku, orderId)));
        if (total.isZero()) {
            SagaLifecycle.end();
        } else {
            commands.send(new PaymentCommand.Capture(PaymentId.of(orderId)));
        }
    }

    @EndSaga
    @SagaEventHandler(associationProperty = "orderId")
    public void on(PaymentEvent.Captured event) {}

    @SagaEventHandler(associationProperty = "orderId")
    public void on(StockEvent.ReservationRejected event, @Timestamp Instant at) {
        refused.put(event.sku(), event);
        whenEverySkuAnswered(at);
    }

    @SagaEventHandler(associationProperty = "orderId")
    public void on(PaymentEvent.Declined event) {
        reject(RejectionReason.of(
                RejectionReason.PAYMENT_DECLINED, "The payment was declined: %s.".formatted(event.reason())));
    }

    @DeadlineHandler(deadlineName = FulfilmentDeadlines.STOCK)
    public void stockDeadline() {
        reject(RejectionReason.of(RejectionReason.STOCK_TIMEOUT, "The stock did not answer in time."));
    }

    @DeadlineHandler(deadlineName = FulfilmentDeadlines.PAYMENT)
    public void paymentDeadline() {
        reject(RejectionReason.of(RejectionReason.PAYMENT_TIMEOUT, "The payment provider did not answer in time."));
    }

    @DeadlineHandler(deadlineName = FulfilmentDeadlines.RESERVATION)
    public void reservationDeadline() {
        reject(RejectionReason.of(RejectionReason.RESERVATION_EXPIRED, "The reservation of the stock expired."));
    }

    private void reject(RejectionReason reason) {
        commands.send(new OrderCommand.Reject(orderId, reason));
    }

    private RejectionReason shortage() {
        var lines = refused.values().stream()
                .map(line -> new RejectionReason.Line(line.sku(), line.requested(), line.available()))
                .toList();
        var unknown = refused.values().stream().anyMatch(line -> line.code().equals(RejectionReason.UNKNOWN_SKU));
        return unknown
                ? new RejectionReason(RejectionReason.UNKNOWN_SKU, "Not every SKU is known.", lines)
                : new RejectionReason(RejectionReason.INSUFFICIENT_STOCK, "Not every SKU can be had.", lines);
    }

    @EndSaga
    @SagaEventHandler(associationProperty = "orderId")
    public void on(OrderEvent.Rejected event, @Timestamp Instant at) {
        settlements.record(OrderStatus.REJECTED, placedAt, at);
        unscheduleAll();
        if (paymentRequested) {
            commands.send(new PaymentCommand.Cancel(PaymentId.of(orderId)));
        }
        quantities.keySet().forEach(sku -> commands.send(new StockCommand.Release(sku, orderId)));
    }

    @SagaEventHandler(associationProperty = "orderId")
    public void on(PaymentEvent.CaptureDeclined event) {
        commands.send(new OrderCommand.Cancel(orderId, "The payment was not captured: " + event.reason(), null));
    }

    /** Starts again if the order had been confirmed and this saga had ended. */
    @StartSaga
    @EndSaga
    @SagaEventHandler(associationProperty = "orderId")
    public void on(OrderEvent.Cancelled event) {
        unscheduleAll();
        if (paymentRequested || (event.wasConfirmed() && !event.total().isZero())) {
            commands.send(new PaymentCommand.Cancel(PaymentId.of(event.orderId())));
        }
        event.quantities()
                .forEach((sku, quantity) -> commands.send(
                        event.wasConfirmed()
                                ? new StockCommand.Deallocate(sku, event.orderId(), quantity)
                                : new StockCommand.Release(sku, event.orderId())));
    }

    @Override
    public String waitingFor() {
        return Stream.of(FulfilmentDeadlines.STOCK, FulfilmentDeadlines.PAYMENT)
                .filter(scheduled::containsKey)
                .findFirst()
                .orElse("capture");
    }

    @Override
    public Instant since() {
        return placedAt;
    }

    private void schedule(String deadline, Instant at) {
        scheduled.put(deadline, deadlines.schedule(at, deadline));
    }

    private void unschedule(String deadline) {
        var id = scheduled.remove(deadline);
        if (id != null) {
            deadlines.cancelSchedule(deadline, id);
        }
    }

    private void unscheduleAll() {
        Set.copyOf(scheduled.keySet()).forEach(this::unschedule);
    }
}
