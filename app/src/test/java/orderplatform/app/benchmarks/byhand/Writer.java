package orderplatform.app.benchmarks.byhand;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The one thread that writes: takes what waits, up to 64 orders of each phase, and commits all of it at once. What is decided
 * on is in its memory, and the commit checks it. A commit that fails ends the program.
 */
final class Writer implements Runnable {

    private static final int ORDERS_PER_PHASE = 64;
    private static final int PHASES = 3;
    private static final int HASH_BYTES = 32;
    private static final int WRITE_PARAMETERS = 36;

    private final BlockingQueue<Work> waiting = new LinkedBlockingQueue<>();
    private final Map<String, Stock> stock = new HashMap<>();
    private final PreparedStatement write;
    private final PreparedStatement known;
    private final Committed committed;
    private long position = -1;
    private byte[] hash = new byte[HASH_BYTES];

    /** Told of each commit, in order. */
    @FunctionalInterface
    interface Committed {
        void accept(List<Work> work, Batch batch) throws InterruptedException;
    }

    Writer(Connection connection, Committed committed) throws SQLException {
        this.committed = committed;
        write = connection.prepareStatement(
                "SELECT floor.write(%s)".formatted(String.join(", ", Collections.nCopies(WRITE_PARAMETERS, "?"))));
        known = connection.prepareStatement(
                "SELECT key, fingerprint, status, headers, body FROM floor.idempotency_key WHERE key = ANY (?)");
    }

    void add(Work work) {
        waiting.add(work);
    }

    @Override
    public void run() {
        try {
            while (true) {
                List<Work> work = new ArrayList<>();
                work.add(waiting.take());
                waiting.drainTo(work, PHASES * ORDERS_PER_PHASE - 1);
                commit(work);
            }
        } catch (SQLException | InterruptedException | RuntimeException failed) {
            failed.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private void commit(List<Work> work) throws SQLException, InterruptedException {
        var batch = new Batch(position + 1, Instant.now().truncatedTo(ChronoUnit.MICROS));
        var decisions = new Decisions(batch, stock);
        var doubled = answerRepeated(work);
        for (var one : work) {
            if (doubled.isEmpty() || !doubled.contains(one)) {
                decisions.decide(one);
            }
        }
        if (batch.events().isEmpty()) {
            return;
        }
        var next = batch.hash(hash);
        batch.bind(write, hash, next);
        write.executeQuery().close();
        position = batch.next() - 1;
        hash = next;
        committed.accept(work, batch);
    }

    /** Answers orders whose keys are known, and puts those back whose keys come twice at once. Returns both. */
    private Set<Work> answerRepeated(List<Work> work) throws SQLException {
        Map<String, Order> orders = new HashMap<>();
        Set<Work> repeated = new HashSet<>();
        for (var one : work) {
            if (one instanceof Work.Place(Order order) && orders.putIfAbsent(order.key(), order) != null) {
                repeated.add(one);
                waiting.add(one);
            }
        }
        if (orders.isEmpty()) {
            return repeated;
        }
        new Columns(known).texts(orders.keySet());
        try (var rows = known.executeQuery()) {
            while (rows.next()) {
                var order = orders.get(rows.getString("key"));
                repeated.add(new Work.Place(order));
                order.answer()
                        .complete(
                                Arrays.equals(order.fingerprint(), rows.getBytes("fingerprint"))
                                        ? new Order.Answer(
                                                rows.getInt("status"),
                                                rows.getString("headers"),
                                                rows.getString("body"))
                                        : new Order.Answer(422, "{}", ""));
            }
        }
        return repeated;
    }
}
