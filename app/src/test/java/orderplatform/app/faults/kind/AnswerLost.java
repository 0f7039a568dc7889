package orderplatform.app.faults.kind;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import orderplatform.app.benchmarks.process.Patience;
import orderplatform.app.faults.load.Assortment;
import orderplatform.app.faults.load.Caller;
import orderplatform.app.faults.stand.Stand;
import orderplatform.app.faults.wire.Proxy;

/**
 * Both nodes do what they are asked, and no answer arrives. A caller that asks again with the same key is told what was done,
 * the same by either node.
 */
public final class AnswerLost implements Fault {

    private int made;

    private record Write(String path, String key, String body) {

        Optional<Caller.Answer> ask(Caller caller, int node) throws InterruptedException {
            return caller.post(node, path, Map.of("Idempotency-Key", key), body);
        }
    }

    @Override
    public String fullName() {
        return "answer-lost";
    }

    @Override
    public int fullRuns() {
        return 100;
    }

    @Override
    public Outcome strike(Scene scene, Random random) throws Exception {
        int node = random.nextInt(Stand.NODES);
        var id = "answer-lost-" + ++made;
        var order =
                "{\"orderId\":\"%s\",\"customerId\":\"17850\",\"currency\":\"GBP\",\"lines\":[{\"sku\":\"%s\",\"quantity\":1,\"unitPrice\":255}]}"
                        .formatted(id, Assortment.HOT);
        var missed = lose(scene, node, new Write("/api/orders", id, order), id, "order.placed");
        if (missed.isEmpty()) {
            var cancellation = new Write(
                    "/api/orders/%s/cancellation".formatted(id), "cancel-" + id, "{\"reason\":\"no answer\"}");
            missed = lose(scene, node, cancellation, id, "order.cancelled");
        }
        return new Outcome(scene.probe().awaitSale(System.nanoTime()), missed);
    }

    /** What is not as it should be. */
    private static String lose(Scene scene, int node, Write write, String orderId, String event) throws Exception {
        var stand = scene.stand();
        try (var asking = Executors.newVirtualThreadPerTaskExecutor()) {
            suffer(stand, Proxy.Trouble.MUTE);
            var first = asking.submit(() -> write.ask(scene.caller(), node));
            awaitEvent(stand, orderId, event);
            suffer(stand, Proxy.Trouble.CUT);
            if (first.get().isPresent()) {
                return "the answer was lost";
            }
        } finally {
            suffer(stand, Proxy.Trouble.NONE);
        }
        var again = write.ask(scene.caller(), (node + 1) % Stand.NODES);
        boolean accepted = again.filter(answer -> answer.status() / 100 == 2).isPresent();
        return accepted && again.equals(write.ask(scene.caller(), node)) ? "" : "same key, same answer: " + again;
    }

    private static void suffer(Stand stand, Proxy.Trouble trouble) {
        for (int node = 0; node < Stand.NODES; node++) {
            stand.door(node).suffer(trouble);
        }
    }

    private static void awaitEvent(Stand stand, String orderId, String type) throws InterruptedException {
        var found = "SELECT count(*) FROM event_log.event WHERE stream = 'order-%s' AND event_type = '%s'"
                .formatted(orderId, type);
        Patience.until(
                type + " of " + orderId, () -> true, () -> stand.database().number(found) == 1);
    }
}
