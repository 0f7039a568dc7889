package orderplatform.app.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.axonframework.common.transaction.TransactionManager;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;

/**
 * A broker with one queue, and its consumers, which have an effect and note the message in their inbox in one
 * transaction. A message whose consumer died or failed comes again.
 */
final class Broker {

    private static final int MOST_AT_ONCE = 8;

    private final Scheduler scheduler;
    private final Faults faults;
    private final SplittableRandom random;
    private final Database database;
    private final boolean hasInbox;
    private final Deque<String> queue = new ArrayDeque<>();
    private final Set<String> inbox = new HashSet<>();
    private final Map<String, Integer> published = new HashMap<>();
    private final Map<String, Integer> effects = new HashMap<>();
    private int beingConsumed;

    /** @param hasInbox false sabotages it: what is in the inbox has its effect again */
    Broker(Scheduler scheduler, Faults faults, SplittableRandom random, Database database, boolean hasInbox) {
        this.scheduler = scheduler;
        this.faults = faults;
        this.random = random;
        this.database = database;
        this.hasInbox = hasInbox;
    }

    /** Returns when all are confirmed. */
    void publish(List<Message> messages) {
        for (var message : messages) {
            if (faults.strikes(Fault.NOT_CONFIRMED)) {
                scheduler.trace("not confirmed");
                throw new AmqpException("Not confirmed");
            }
            arrive(Objects.requireNonNull(message.getMessageProperties().getMessageId()));
        }
        scheduler.step("confirmed " + messages.size());
    }

    private void arrive(String eventId) {
        if (random.nextInt(4) == 0) {
            scheduler.step("publish");
        }
        published.merge(eventId, 1, Integer::sum);
        put(eventId);
        if (faults.strikes(Fault.DOUBLED)) {
            put(eventId);
        }
    }

    private void put(String eventId) {
        if (faults.strikes(Fault.REORDERED)) {
            var others = new ArrayList<>(queue);
            others.add(random.nextInt(others.size() + 1), eventId);
            queue.clear();
            queue.addAll(others);
        } else {
            queue.add(eventId);
        }
    }

    void consume(Machine machine, TransactionManager transactions) {
        scheduler.spawn(machine, machine.name() + "/consumer", () -> {
            while (true) {
                scheduler.await(() -> !queue.isEmpty());
                consume(take(), transactions);
            }
        });
    }

    private List<String> take() {
        var eventIds = new ArrayList<String>();
        while (!queue.isEmpty() && eventIds.size() < MOST_AT_ONCE) {
            eventIds.add(queue.remove());
        }
        return eventIds;
    }

    private void consume(List<String> eventIds, TransactionManager transactions) {
        var done = false;
        beingConsumed++;
        try {
            transactions.executeInTransaction(() -> handle(eventIds));
            scheduler.step("acknowledge");
            done = true;
        } catch (RuntimeException failed) {
            scheduler.trace("comes again");
        } finally {
            beingConsumed--;
            if (!done) {
                eventIds.forEach(queue::addFirst);
            }
        }
    }

    private void handle(List<String> eventIds) {
        database.lock("inbox", "note in the inbox");
        var fresh = new HashSet<>(eventIds);
        if (hasInbox) {
            fresh.removeAll(inbox);
        }
        database.write(() -> {
            inbox.addAll(fresh);
            fresh.forEach(eventId -> effects.merge(eventId, 1, Integer::sum));
        });
    }

    boolean isIdle() {
        return queue.isEmpty() && beingConsumed == 0;
    }

    /** How often each event was published. */
    Map<String, Integer> published() {
        return published;
    }

    /** How often each event had its effect. */
    Map<String, Integer> effects() {
        return effects;
    }
}
