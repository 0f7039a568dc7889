package orderplatform.app.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import orderplatform.api.payments.PaymentCommand;
import orderplatform.eventstore.log.MemoryLog;
import orderplatform.eventstore.reader.MemoryTokens;
import orderplatform.eventstore.saga.MemorySagas;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;

/** The platform's nodes and what stands around them, for one seed. */
final class Shop {

    private static final int NODES = 2;
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(4);
    private static final Duration LONGEST_STANDSTILL = Duration.ofSeconds(15);

    private final Scheduler scheduler;
    private final SplittableRandom random;
    private final Faults faults;
    private final Sabotage sabotage;
    private final Database database;
    private final MemoryLog log;
    private final MemorySagas sagas;
    private final MemoryTokens tokens;
    private final Provider provider;
    private final Broker broker;
    private final Node[] nodes = new Node[NODES];
    private int started;

    Shop(Scheduler scheduler, Faults faults, SplittableRandom random, Sabotage sabotage) {
        this.scheduler = scheduler;
        this.random = random;
        this.faults = faults;
        this.sabotage = sabotage;
        database = new Database(scheduler, faults);
        sagas = new MemorySagas(database, faults, sabotage != Sabotage.SAGAS_FORGOTTEN);
        log = new MemoryLog(database, this::tellNodes, sabotage != Sabotage.VERSIONS_UNCHECKED, sagas);
        tokens = new MemoryTokens(database, scheduler);
        tokens.add("relay", 1, new GlobalSequenceTrackingToken(-1));
        provider =
                new Provider(scheduler, faults, random.split(), this::callBack, sabotage != Sabotage.NEW_PAYMENT_KEYS);
        broker = new Broker(scheduler, faults, random.split(), database, sabotage != Sabotage.INBOX_OFF);
    }

    /** Keeps nodes running from then on, and hurts them. */
    void open() {
        for (int i = 0; i < NODES; i++) {
            int place = i;
            scheduler.spawn(null, "operator-" + place, () -> keepRunning(place));
        }
        scheduler.atEveryStep(this::hurt);
    }

    private void keepRunning(int place) {
        while (true) {
            var machine = new Machine("node-" + ++started);
            scheduler.spawn(machine, machine.name() + "/start", () -> start(place, machine));
            scheduler.await(machine::isDead);
            scheduler.sleep(Duration.ofMillis(random.nextLong(STARTS_WITHIN.toMillis())));
        }
    }

    private void start(int place, Machine machine) {
        try {
            nodes[place] = new Node(this, machine);
        } catch (RuntimeException noDatabase) {
            scheduler.trace("does not start");
            machine.die();
        }
    }

    private void hurt() {
        if (faults.strikes(Fault.CRASH)) {
            var victim = victim();
            if (victim != null) {
                scheduler.trace("CRASH of " + victim.name());
                victim.die();
            }
        }
        if (faults.strikes(Fault.STANDSTILL)) {
            var victim = victim();
            if (victim != null) {
                scheduler.trace("standstill of " + victim.name());
                victim.standStill(scheduler.nanoTime() + random.nextLong(LONGEST_STANDSTILL.toNanos()));
            }
        }
    }

    private @Nullable Machine victim() {
        var node = nodes[random.nextInt(NODES)];
        return node == null || node.isDead() ? null : node.machine();
    }

    private void tellNodes() {
        for (var node : nodes) {
            if (node != null && !faults.strikes(Fault.NOTIFICATION_LOST)) {
                node.tell();
            }
        }
    }

    private void callBack(PaymentCommand.RecordOutcome outcome) {
        send(GenericCommandMessage.asCommandMessage(outcome));
    }

    /** Sends it to one node or the other until it is answered, as the platform's clients do. */
    Object call(String commandId, Object payload) {
        while (true) {
            var answer = send(new GenericCommandMessage<>(
                    new GenericMessage<>(commandId, payload, Map.of()),
                    payload.getClass().getName()));
            if (answer != null) {
                return answer;
            }
            scheduler.sleep(Duration.ofMillis(random.nextLong(2_000)));
        }
    }

    /** @return null if it was not answered, or not with a success */
    private @Nullable Object send(CommandMessage<?> command) {
        var node = nodes[random.nextInt(NODES)];
        scheduler.step("call " + command.getPayload());
        if (node == null || node.isDead() || faults.strikes(Fault.CALL_LOST)) {
            return null;
        }
        var answer = node.send(command);
        scheduler.await(() -> answer.isDone() || node.isDead(), Duration.ofSeconds(10));
        if (!answer.isDone() || answer.isCompletedExceptionally() || faults.strikes(Fault.CALL_LOST)) {
            return null;
        }
        return answer.join();
    }

    /** Whether there is nothing left to do. */
    boolean isAtRest() {
        return sagas.isEmpty() && tokens.areAt(log.size() - 1L) && broker.isIdle();
    }

    /** What a relay gives its messages to. */
    Consumer<List<Message>> relayTo() {
        return sabotage == Sabotage.TOKEN_BEFORE_PUBLISH
                ? messages -> CurrentUnitOfWork.get().afterCommit(done -> broker.publish(messages))
                : broker::publish;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Database database() {
        return database;
    }

    MemoryLog log() {
        return log;
    }

    MemorySagas sagas() {
        return sagas;
    }

    MemoryTokens tokens() {
        return tokens;
    }

    Provider provider() {
        return provider;
    }

    Broker broker() {
        return broker;
    }
}
