package orderplatform.saga.fulfilment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import orderplatform.api.CustomerId;
import orderplatform.api.Money;
import orderplatform.api.Sku;
import orderplatform.api.inventory.StockCommand;
import orderplatform.api.orders.OrderCommand;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.api.orders.OrderLine;
import orderplatform.api.payments.PaymentCommand;
import orderplatform.api.payments.PaymentId;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.Test;

class CompensationTest {

    private static final Sku SKU = new Sku("71053");

    private final OrderId orderId = new OrderId("o-1");
    private final SimpleCommandBus bus = SimpleCommandBus.builder().build();
    private final EmbeddedEventStore log = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();

    private GenericDomainEventMessage<?> event(long version, Object payload) {
        return new GenericDomainEventMessage<>("Order", orderId.stream(), version, payload);
    }

    private List<Object> commandsOf(Runnable compensation) {
        var sent = new ArrayList<Object>();
        Stream.of(OrderCommand.Cancel.class, PaymentCommand.Cancel.class, StockCommand.Deallocate.class)
                .forEach(type -> bus.subscribe(type.getName(), command -> sent.add(command.getPayload())));
        compensation.run();
        return sent;
    }

    @Test
    void what_an_order_holds_is_known_from_its_events_also_where_there_is_a_snapshot() {
        log.publish(event(
                0,
                new OrderEvent.Placed(
                        orderId,
                        new CustomerId("17850"),
                        null,
                        List.of(new OrderLine(SKU, 2, 255)),
                        0,
                        new Money(510, "GBP"))));
        log.publish(event(1, new OrderEvent.Confirmed(orderId)));
        log.storeSnapshot(event(1, "the whole order"));
        var compensation =
                new Compensation(DefaultCommandGateway.builder().commandBus(bus).build(), log);

        assertThat(commandsOf(() -> compensation.of(orderId, "parked")))
                .containsExactly(
                        new OrderCommand.Cancel(orderId, "parked", null),
                        new PaymentCommand.Cancel(PaymentId.of(orderId)),
                        new StockCommand.Deallocate(SKU, orderId, 2L));
    }
}
