package orderplatform.app.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import orderplatform.app.benchmarks.process.Database;
import orderplatform.app.faults.checker.Verdict;
import orderplatform.app.faults.kind.Scene;
import orderplatform.app.faults.load.Assortment;
import orderplatform.app.faults.load.Shopper;
import orderplatform.app.faults.stand.Stand;

/**
 * A protection of the platform is taken away behind its back, in its database. The checker has to see it, and to say why.
 * Done in this order: from the third on the database stays as it is.
 */
enum Sabotage {
    /** One byte of one event's payload is another, as the owner of the tables can have it. */
    BYTE_CHANGED(10, "is not as it was written") {
        @Override
        void commit(Scene scene, Random random) throws Exception {
            var database = scene.stand().database();
            position = random.nextLong(database.number("SELECT position FROM event_log.tail"));
            original = database.text("SELECT payload::text FROM event_log.event WHERE position = " + position);
            int at = original.lastIndexOf("Id\":\"") + "Id\":\"".length();
            write(database, original.substring(0, at) + "~" + original.substring(at + 1));
        }

        @Override
        void undo(Scene scene) throws Exception {
            write(scene.stand().database(), original);
        }

        private void write(Database database, String payload) throws Exception {
            database.execute(
                    "ALTER TABLE event_log.event DISABLE TRIGGER only_grows",
                    "UPDATE event_log.event SET payload = '%s' WHERE position = %d"
                            .formatted(payload.replace("'", "''"), position),
                    "ALTER TABLE event_log.event ENABLE TRIGGER only_grows");
        }
    },
    /** A row of a read model is another. The replay, which finds it, mends it. */
    ROW_CHANGED(7, "replayed, has the row") {
        @Override
        void commit(Scene scene, Random random) throws Exception {
            scene.stand().database().execute("UPDATE stock_view SET name = 'another' WHERE sku = 'FAULT-HOT'");
        }
    },
    /** Messages come twice, and the inbox forgets that it knows them. */
    INBOX_OFF(6, "mails tell of") {
        private static final int ORDERS = 60;

        @Override
        void commit(Scene scene, Random random) throws Exception {
            scene.stand().database().execute("ALTER TABLE notification_inbox DROP CONSTRAINT notification_inbox_pkey");
            // A placement that came again would fail at the key of the contacts.
            scene.witness().stutter(Set.of("order.confirmed"));
            var shopper = new Shopper("sabotage", random, scene.caller());
            for (int i = 0; i < ORDERS; i++) {
                shopper.buy(Assortment.HOT);
            }
            // A message that comes again at once may share its batch with the first one, which is enough to know it.
            Rest.await(scene, REST);
            scene.witness().speakClearly();
            Rest.await(scene, REST);
        }
    },
    /** Nothing compares versions any more, neither the append nor the table; both nodes write to one stream at once. */
    VERSIONS_UNCHECKED(3, "version") {
        private static final int RECEIPTS = 50;
        private static final String FUNCTION = "SELECT pg_get_functiondef('event_log.%s'::regproc)";

        @Override
        void commit(Scene scene, Random random) throws Exception {
            var database = scene.stand().database();
            var append = database.text(FUNCTION.formatted("append"));
            var stale = database.text(FUNCTION.formatted("stale"));
            database.execute(
                    "ALTER TABLE event_log.event DROP CONSTRAINT event_stream_version_key",
                    replaced(append, "WHERE expected.version <>", "WHERE false AND expected.version <>"),
                    replaced(stale, "WHERE expected.version <>", "WHERE false AND expected.version <>"));
            try (var threads = Executors.newFixedThreadPool(Stand.NODES)) {
                var received = new ArrayList<Future<?>>();
                for (int node = 0; node < Stand.NODES; node++) {
                    var shopper = new Shopper("sabotage-" + node, new Random(random.nextLong()), scene.caller());
                    received.add(threads.submit(receipts(shopper, node)));
                }
                for (var ofNode : received) {
                    ofNode.get();
                }
            }
            Rest.await(scene, REST);
        }

        private static Callable<Void> receipts(Shopper shopper, int node) {
            return () -> {
                for (int i = 0; i < RECEIPTS; i++) {
                    shopper.receive(node, "SABOTAGE-1", 1);
                }
                return null;
            };
        }
    };

    private static final Duration REST = Duration.ofSeconds(40);

    private final int invariant;
    private final String reason;

    long position;
    String original = "";

    Sabotage(int invariant, String reason) {
        this.invariant = invariant;
        this.reason = reason;
    }

    abstract void commit(Scene scene, Random random) throws Exception;

    void undo(Scene scene) throws Exception {
        // What it did can't be undone.
    }

    /** Under which it is reported. */
    String fullName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    int invariant() {
        return invariant;
    }

    /** Whether the verdict names what was done. */
    boolean isCaught(Verdict verdict) {
        return verdict.violations().stream()
                .anyMatch(it -> it.invariant() == invariant && it.facts().contains(reason));
    }

    private static String replaced(String text, String what, String by) {
        if (!text.contains(what)) {
            throw new IllegalStateException("There is no '%s' in %s".formatted(what, text));
        }
        return text.replace(what, by);
    }
}
