package orderplatform.app.faults.kind;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import orderplatform.app.benchmarks.process.Database;
import orderplatform.app.benchmarks.process.Patience;
import orderplatform.app.faults.load.Assortment;
import orderplatform.app.faults.load.Caller;
import orderplatform.app.faults.load.Shopper;
import tools.jackson.databind.JsonNode;

/**
 * An event that a projection can't take, and a message that no consumer can: both are listed, and only what comes after
 * the event in its own sequence waits.
 */
public final class Poison implements Fault {

    private int made;

    @Override
    public String fullName() {
        return "poison";
    }

    @Override
    public int fullRuns() {
        return 20;
    }

    @Override
    public Outcome strike(Scene scene, Random random) throws Exception {
        var id = "poison-" + ++made;
        var shopper = new Shopper(id, random, scene.caller());
        // It takes its retries before it is given up; the event has its turn meanwhile.
        scene.witness().say(id);
        var missed = poisonedEvent(scene, shopper, id);
        awaitLetter(scene, it -> it.path("id").asString("").equals(nameOf(id)));
        awaitOthersTold(scene, shopper);
        return new Outcome(0, missed);
    }

    /** An order's row is lost, and the order changes. What is not as it should be. */
    private static String poisonedEvent(Scene scene, Shopper shopper, String id) throws Exception {
        var database = scene.stand().database();
        shopper.buyAs(id, Assortment.HOT);
        awaitPaid(database, id);
        rename(database, id, id + "-lost");
        shopper.cancel(id);
        var letter = awaitLetter(scene, it -> it.path("sequence").asString("").equals(id));
        boolean others = isShown(scene, shopper.buy(Assortment.HOT));
        rename(database, id + "-lost", id);
        var retry = "/api/dead-letters/%s/retry".formatted(letter.path("id").asString());
        var retried = scene.caller().post(0, retry, Map.of(), "{}");
        boolean done = retried.filter(it -> it.json().path("state").asString("").equals("DONE"))
                .isPresent();
        return others && done ? "" : "others went on: %s, afterwards it did: %s".formatted(others, retried);
    }

    private static void rename(Database database, String from, String to) throws SQLException {
        database.execute("UPDATE order_view SET order_id = '%s' WHERE order_id = '%s'".formatted(to, from));
    }

    private static void awaitPaid(Database database, String orderId) throws InterruptedException {
        var paid = "SELECT count(*) FROM order_view WHERE order_id = '%s' AND payment_status = 'CAPTURED'"
                .formatted(orderId);
        Patience.until("payment of " + orderId, () -> true, () -> database.number(paid) == 1);
    }

    private static void awaitOthersTold(Scene scene, Shopper shopper) throws Exception {
        var told = "SELECT count(*) FROM notification_ledger WHERE status = 'SENT'";
        var database = scene.stand().database();
        long before = database.number(told);
        shopper.buy(Assortment.HOT);
        Patience.until("others to be told", () -> true, () -> database.number(told) > before);
    }

    /** As the platform lists a message. */
    private static String nameOf(String body) {
        return UUID.nameUUIDFromBytes(body.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static boolean isShown(Scene scene, Optional<Caller.Answer> sale) throws InterruptedException {
        var order = sale.orElseThrow();
        var path = "/api/orders/" + order.json().path("orderId").asString();
        return scene.caller()
                .get(0, path, Map.of("Consistency-Token", order.token()))
                .filter(it -> it.status() == 200)
                .isPresent();
    }

    private static JsonNode awaitLetter(Scene scene, Predicate<JsonNode> wanted) throws InterruptedException {
        var found = new AtomicReference<JsonNode>();
        Patience.until("a dead letter", () -> true, () -> {
            letters(scene).filter(wanted).findFirst().ifPresent(found::set);
            return found.get() != null;
        });
        return found.get();
    }

    private static Stream<JsonNode> letters(Scene scene) throws InterruptedException {
        return scene.caller().get(0, "/api/dead-letters?limit=200", Map.of()).stream()
                .flatMap(it -> it.json().path("items").valueStream());
    }
}
