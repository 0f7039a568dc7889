package orderplatform.app.benchmarks.floor;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import orderplatform.app.benchmarks.byhand.ProductByHand;
import orderplatform.app.benchmarks.load.Crowd;
import orderplatform.app.benchmarks.load.LogLoader;
import orderplatform.app.benchmarks.load.Shop;
import orderplatform.app.benchmarks.process.Connection;
import orderplatform.app.benchmarks.process.Cpu;
import orderplatform.app.benchmarks.process.Jvm;
import orderplatform.app.benchmarks.process.Patience;
import orderplatform.app.benchmarks.process.Settings;
import orderplatform.app.benchmarks.process.Surroundings;
import orderplatform.app.benchmarks.result.Round;
import orderplatform.app.benchmarks.result.Usage;
import orderplatform.app.embedded.FreePort;

/** F7: the {@link ProductByHand} in a JVM of its own, with the same options and the same kind of servers as the platform. */
public final class ByHand implements Closeable {

    public static final String NAME = "F7";

    private static final Duration POLL = Duration.ofMillis(100);

    private static final String TABLES = """
            SELECT sum(pg_total_relation_size(oid)) FROM pg_class
            WHERE relkind = 'r' AND relnamespace = 'floor'::regnamespace""";

    /** Batches whose hash is not that of their events and of the batch before. */
    private static final String BROKEN_LINKS = """
            SELECT count(*)
            FROM (SELECT *, lag(hash, 1, decode(repeat('00', 32), 'hex')) OVER (ORDER BY first_position) AS before
                  FROM floor.batch) b
            CROSS JOIN LATERAL (
                SELECT sha256(string_agg(
                    pg_temp.led(stream) || int8send(version) || pg_temp.led(event_id::text) || pg_temp.led(event_type)
                    || pg_temp.led(revision) || pg_temp.led(stream_type)
                    || int8send((extract(epoch FROM recorded_at) * 1000000)::bigint)
                    || pg_temp.led(payload::text) || pg_temp.led(metadata::text), '' ORDER BY position)) AS digest
                FROM floor.event WHERE position BETWEEN b.first_position AND b.last_position) c
            WHERE b.previous_hash <> b.before
               OR b.hash <> sha256(b.previous_hash || int8send(b.first_position) || int8send(b.last_position) || c.digest)""";

    private final int port = FreePort.find();
    private final Surroundings servers;
    private final Process process;
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger keys = new AtomicInteger();

    public ByHand(Path jar, Path folder) throws Exception {
        servers = new Surroundings(jar, folder);
        List<String> command = new ArrayList<>(Jvm.COMMAND);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ProductByHand.class.getName()));
        command.addAll(servers.arguments(List.of("--server.port=" + port)));
        process = Jvm.start(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("product.log").toFile()));
        Patience.until("the product by hand", process::isAlive, () -> {
            connect(0).close();
            return true;
        });
        receive();
    }

    private Connection connect(int client) throws IOException {
        return new Connection(port);
    }

    private void receive() throws IOException {
        try (var connection = connect(0)) {
            for (var sku : Shop.skus()) {
                connection
                        .post(
                                "/api/stock/%s/receipts".formatted(sku),
                                "{\"quantity\":%d}".formatted(Shop.PLENTY),
                                "Idempotency-Key",
                                sku)
                        .expect(201);
            }
        }
    }

    /** Places orders of one line and one piece, and waits until all of them are confirmed in the read model. */
    public Round place(int orders, IntFunction<String> sku) throws Exception {
        var before = usage();
        var next = new AtomicInteger();
        var start = System.nanoTime();
        Crowd.run(Math.min(Settings.CLIENTS, orders), this::connect, connection -> {
            for (int i = next.getAndIncrement(); i < orders; i = next.getAndIncrement()) {
                var answer = connection.post(
                        "/api/orders", Shop.orderOf(sku.apply(i)), "Idempotency-Key", "key-" + keys.incrementAndGet());
                accepted.add(Shop.orderId(answer.expect(201)));
            }
        });
        await("every order is confirmed", "SELECT count(*) FROM floor.order_view WHERE phase = 'OPEN'", 0);
        var took = Duration.ofNanos(System.nanoTime() - start);
        return usage().since(before, orders, took);
    }

    private Usage usage() throws IOException, SQLException {
        var seconds = servers.cpu();
        seconds.put("product", Cpu.seconds(process.toHandle()));
        return new Usage(seconds, servers.database().wal(), number(TABLES));
    }

    private void await(String what, String count, long wanted) throws InterruptedException, SQLException {
        while (servers.database().number(count) != wanted) {
            if (!process.isAlive()) {
                throw new IllegalStateException("Waited in vain until " + what);
            }
            Thread.sleep(POLL);
        }
    }

    /** Whether it did all that the platform does. */
    public Map<String, Boolean> checks() throws Exception {
        await("every order is captured", "SELECT count(*) FROM floor.order_view WHERE captured < total", 0);
        await("every event is published", "SELECT t.position - r.position FROM floor.tail t, floor.relayed r", 0);
        var checks = new TreeMap<String, Boolean>();
        var found = Set.copyOf(servers.database()
                .query("SELECT order_id FROM floor.order_view WHERE status = 'CONFIRMED'", row -> row.getString(1)));
        checks.put("no accepted order is lost or doubled, each is confirmed", found.equals(accepted));
        for (var type : List.of("order.confirmed", "payment.authorised", "payment.captured")) {
            checks.put(
                    "each order has one " + type,
                    number("SELECT count(*) FROM floor.event WHERE event_type = '%s'".formatted(type))
                            == accepted.size());
        }
        checks.put(
                "stock is what was sold",
                number("SELECT sum(allocated) FROM floor.stock_view WHERE reserved = 0") == accepted.size());
        checks.put("every call has its key", number("SELECT count(*) FROM floor.idempotency_key") == accepted.size());
        checks.put("the provider has charged each order once", servers.captures() == accepted.size());
        checks.put("the log has no gap", number("SELECT max(position) + 1 - count(*) FROM floor.event") == 0);
        checks.put("the chain holds", isChainWhole());
        return checks;
    }

    private boolean isChainWhole() throws SQLException {
        try (var connection = servers.database().connect();
                var statement = connection.createStatement()) {
            statement.execute(LogLoader.LED);
            try (var broken = statement.executeQuery(BROKEN_LINKS)) {
                return broken.next() && broken.getLong(1) == 0;
            }
        }
    }

    private long number(String sql) throws SQLException {
        return servers.database().number(sql);
    }

    @Override
    public void close() {
        Jvm.end(process);
        servers.close();
    }
}
