package orderplatform.app.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import orderplatform.api.Outcome;
import orderplatform.api.Sku;
import orderplatform.api.inventory.StockCommand;
import orderplatform.api.orders.OrderCommand;
import orderplatform.api.orders.OrderId;
import orderplatform.api.orders.OrderRejection;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandGatewaysTest {

    private static final StockCommand.Quote QUOTE = new StockCommand.Quote(new Sku("71053"));
    private static final OrderCommand.Confirm CONFIRM = new OrderCommand.Confirm(new OrderId("o-" + UUID.randomUUID()));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SimpleCommandBus bus = SimpleCommandBus.builder().build();
    private final AtomicInteger tries = new AtomicInteger();
    private ScheduledExecutorService retries;
    private CommandGateway commands;

    @BeforeEach
    void start() {
        var gateways = new CommandGateways();
        retries = gateways.commandRetries();
        commands = gateways.commandGateway(bus, gateways.commandRetryScheduler(retries), meters);
    }

    @AfterEach
    void stop() {
        retries.shutdownNow();
    }

    private Map<String, Double> counted() {
        return meters.find("orderplatform.commands").counters().stream()
                .collect(Collectors.toMap(
                        it -> it.getId().getTag("command") + " " + it.getId().getTag("outcome"), it -> it.count()));
    }

    @Test
    void a_command_that_is_tried_again_counts_once() {
        bus.subscribe(StockCommand.Quote.class.getName(), command -> {
            if (tries.incrementAndGet() < 3) {
                throw new ConcurrencyException("another writer was first");
            }
            return new Outcome.Accepted<>(true, 0);
        });

        commands.send(QUOTE).join();

        assertThat(tries).hasValue(3);
        assertThat(counted()).isEqualTo(Map.of("Stock.Quote accepted", 1.0));
    }

    @Test
    void a_refusal_counts_as_one() {
        bus.subscribe(
                OrderCommand.Confirm.class.getName(),
                command -> new Outcome.Refused<>(new OrderRejection.IdTaken(CONFIRM.orderId())));

        commands.sendAndWait(CONFIRM);

        assertThat(counted()).isEqualTo(Map.of("Order.Confirm refused", 1.0));
    }

    @Test
    void a_command_that_fails_for_good_counts_as_failed() {
        bus.subscribe(StockCommand.Quote.class.getName(), command -> {
            throw new IllegalStateException("broken");
        });

        assertThat(commands.send(QUOTE)).failsWithin(Duration.ofSeconds(5));

        assertThat(counted()).isEqualTo(Map.of("Stock.Quote failed", 1.0));
    }
}
