package orderplatform.app.simulation;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import orderplatform.app.stores.SimulatedStores;
import orderplatform.eventstore.commit.SimulatedLanes;
import orderplatform.eventstore.log.SimulatedLog;
import orderplatform.eventstore.reader.SimulatedReader;
import orderplatform.eventstore.saga.SimulatedSagas;
import orderplatform.query.relay.SimulatedRelay;
import orderplatform.saga.fulfilment.FulfilmentDeadlines;
import orderplatform.saga.fulfilment.OrderFulfilment;
import orderplatform.saga.fulfilment.Settlements;
import orderplatform.saga.fulfilment.SimulatedFulfilment;
import orderplatform.saga.payments.PaymentExecution;
import orderplatform.saga.payments.PaymentSettings;
import orderplatform.saga.payments.ProviderCalls;
import orderplatform.saga.payments.SimulatedCalls;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.deadline.DeadlineManager;

/** A node from its start to its death: the platform's own lanes, sagas, deadlines and relay, wired without Spring. */
final class Node {

    private static final List<Class<?>> AGGREGATES = List.of(
            hidden("orderplatform.command.orders.Order"),
            hidden("orderplatform.command.inventory.StockItem"),
            hidden("orderplatform.command.payments.Payment"));
    private static final FulfilmentDeadlines WAITS =
            new FulfilmentDeadlines(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(30));
    private static final PaymentSettings PAYMENTS = new PaymentSettings(
            URI.create("http://simulated"),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            64,
            64);

    private final Machine machine;
    private final SimulatedLog log;
    private final CommandGateway gateway;

    /** @throws RuntimeException if the database cannot be reached */
    Node(Shop shop, Machine machine) {
        this.machine = machine;
        var scheduler = shop.scheduler();
        var transactions = shop.database().transactions();
        var sagas = new SimulatedSagas(scheduler, shop.sagas(), SimulatedStores.GENERAL);
        var lanes = new SimulatedLanes(
                scheduler,
                machine,
                staging -> new SimulatedLog(
                        scheduler, shop.log(), staging, SimulatedStores.EVENTS, SimulatedStores.GENERAL),
                transactions,
                sagas.reactions());
        log = lanes.log();
        log.follow(machine, log.engine().head());
        AGGREGATES.forEach(lanes::handle);
        gateway = SimulatedStores.gateway(lanes.bus(), new SimulatedThreads(scheduler, machine, "retries"));
        var readers = new SimulatedReader.Environment(
                scheduler, machine, log, shop.tokens().of(machine.name()), transactions, SimulatedStores.CORRELATION);
        sagas.react(
                "fulfilment",
                OrderFulfilment.class,
                Map.of(
                        CommandGateway.class,
                        gateway,
                        DeadlineManager.class,
                        sagas.deadlines(),
                        FulfilmentDeadlines.class,
                        WAITS,
                        Settlements.class,
                        SimulatedFulfilment.settlements(lanes.afterCommit())));
        var calls = SimulatedCalls.of(
                shop.provider(), gateway, lanes.afterCommit(), new SimulatedThreads(scheduler, machine, "provider"));
        sagas.react(
                "payments",
                PaymentExecution.class,
                Map.of(
                        ProviderCalls.class, calls,
                        DeadlineManager.class, sagas.deadlines(),
                        PaymentSettings.class, PAYMENTS));
        readers.read("relay", SimulatedRelay.to(shop.relayTo()));
        sagas.fireDeadlines(machine, lanes.bus());
        shop.broker().consume(machine, transactions);
    }

    private static Class<?> hidden(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isDead() {
        return machine.isDead();
    }

    Machine machine() {
        return machine;
    }

    /** Somebody has committed. */
    void tell() {
        log.tell();
    }

    CompletableFuture<Object> send(CommandMessage<?> command) {
        return gateway.send(command);
    }
}
