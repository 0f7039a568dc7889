package orderplatform.command.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import orderplatform.api.CustomerId;
import orderplatform.api.Money;
import orderplatform.api.Sku;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.api.orders.OrderLine;
import orderplatform.api.orders.OrderStatus;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.Test;

class OrderOutcomesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final OrderId orderId = new OrderId("o-1");
    private final EmbeddedEventStore log = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final OrderOutcomes outcomes = new OrderOutcomes(log);

    private GenericDomainEventMessage<?> event(long version, Object payload) {
        return new GenericDomainEventMessage<>("Order", orderId.stream(), version, payload);
    }

    private OrderEvent.Placed placed() {
        return new OrderEvent.Placed(
                orderId,
                new CustomerId("17850"),
                null,
                List.of(new OrderLine(new Sku("71053"), 1, 255)),
                0,
                new Money(255, "GBP"));
    }

    /** As a command does it, whose batch need not have kept what it did. */
    private void tell(OrderEvent event) {
        DefaultUnitOfWork.startAndGet(null).execute(() -> outcomes.on(event));
    }

    @Test
    void an_order_that_was_snapshotted_when_it_was_settled_is_settled() throws InterruptedException {
        log.publish(event(0, placed()));
        log.publish(event(1, new OrderEvent.Confirmed(orderId)));
        log.storeSnapshot(event(1, "the whole order"));

        assertThat(outcomes.await(orderId, PATIENCE))
                .contains(new OrderOutcomes.Settled(OrderStatus.CONFIRMED, 1, null));
    }

    @Test
    void a_confirmation_that_lost_against_another_writer_is_no_outcome() {
        log.publish(event(0, placed()));
        var outcome = new FutureTask<>(() -> outcomes.await(orderId, PATIENCE));
        var buyer = Thread.ofPlatform().daemon().start(outcome);
        await().until(() -> buyer.getState() == Thread.State.TIMED_WAITING);

        tell(new OrderEvent.Confirmed(orderId));
        var cancelled = new OrderEvent.Cancelled(
                orderId, "changed my mind", false, OrderEvent.quantities(placed().lines()), placed().total());
        log.publish(event(1, cancelled));
        tell(cancelled);

        assertThat(outcome)
                .succeedsWithin(PATIENCE)
                .isEqualTo(Optional.of(new OrderOutcomes.Settled(OrderStatus.CANCELLED, 1, null)));
    }
}
