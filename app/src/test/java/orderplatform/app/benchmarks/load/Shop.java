package orderplatform.app.benchmarks.load;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import orderplatform.app.benchmarks.process.Connection;
import orderplatform.app.benchmarks.process.Cpu;
import orderplatform.app.benchmarks.process.Database;
import orderplatform.app.benchmarks.process.Node;
import orderplatform.app.benchmarks.result.Round;
import orderplatform.app.benchmarks.result.Usage;

/** A shop on one platform: places orders, and remembers which were accepted. */
public final class Shop {

    static final int SKUS = 1_000;

    private static final String ORDERS = "/api/orders";

    /** More pieces than are ever sold. */
    public static final long PLENTY = 1_000_000_000L;

    private static final Duration ACCEPTED_WITHIN = Duration.ofMinutes(1);
    private static final Duration BUSY = Duration.ofMillis(50);

    private final List<Node> nodes;
    private final Database database;
    private final Cpu.Meter servers;
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final String customer = UUID.randomUUID().toString();
    private final AtomicInteger keys = new AtomicInteger();
    private Books books = new Books();

    /**
     * @param nodes that share one log and stock
     * @param servers counts what runs beside the nodes and is not theirs
     */
    public Shop(List<Node> nodes, Database database, Cpu.Meter servers) {
        this.nodes = nodes;
        this.database = database;
        this.servers = servers;
    }

    public static Shop on(Node node) throws IOException {
        return new Shop(List.of(node), node.database(), Map::of);
    }

    /** One on the same nodes, with books of its own. */
    public Shop another() {
        return new Shop(nodes, database, servers);
    }

    public static String sku(int number) {
        return "B-%04d".formatted(number);
    }

    /** One of the shop's SKUs by chance, the same in every run. */
    public static String anySku(int order) {
        return sku(new SplittableRandom(order).nextInt(SKUS));
    }

    public Node node() {
        return nodes.getFirst();
    }

    public List<Node> nodes() {
        return nodes;
    }

    public Database database() {
        return database;
    }

    Set<String> accepted() {
        return accepted;
    }

    public Books books() {
        return books;
    }

    public Connection connect(int client) throws IOException {
        return nodes.get(client % nodes.size()).connect();
    }

    /** Opens with plenty of each of its SKUs. */
    public Shop open() throws Exception {
        receive(skus(), PLENTY);
        return this;
    }

    public static List<String> skus() {
        return IntStream.range(0, SKUS).mapToObj(Shop::sku).toList();
    }

    /** Takes in so many pieces of each, once however often it is called. */
    public void receive(List<String> skus, long quantity) throws Exception {
        var next = new AtomicInteger();
        var body = "{\"quantity\":%d}".formatted(quantity);
        Crowd.run(8, this::connect, connection -> {
            for (int i = next.getAndIncrement(); i < skus.size(); i = next.getAndIncrement()) {
                write(
                        connection,
                        "/api/stock/%s/receipts".formatted(skus.get(i)),
                        body,
                        "%d-%s".formatted(quantity, skus.get(i)));
            }
        });
    }

    /** Places orders of one line and one piece over so many connections, and waits until all of them are settled. */
    public Round place(int clients, int orders, IntFunction<String> sku) throws Exception {
        return placeAll(clients, orders, order -> orderOf(sku.apply(order)));
    }

    /** The same with bodies of the caller's own. */
    public Round placeAll(int clients, int orders, IntFunction<String> bodies) throws Exception {
        var before = usage();
        var next = new AtomicInteger();
        var position = new AtomicLong();
        var start = System.nanoTime();
        Crowd.run(Math.min(clients, orders), this::connect, connection -> {
            for (int i = next.getAndIncrement(); i < orders; i = next.getAndIncrement()) {
                var answer = send(connection, bodies.apply(i));
                position.accumulateAndGet(answer.number("Consistency-Token"), Math::max);
            }
        });
        awaitSettled(position.get());
        var took = Duration.ofNanos(System.nanoTime() - start);
        return usage().since(before, orders, took);
    }

    /** Begins the books after what is in the log already, with the stock of these SKUs as it is shown. */
    public Shop startBooks(List<String> skus) throws IOException, SQLException, InterruptedException {
        awaitQuiet();
        books = new Books();
        books.startAfter(LogTable.of(database).head(database));
        try (var connection = connect(0)) {
            for (var sku : skus) {
                books.takeOver(
                        sku, connection.get("/api/stock/" + sku).expect(200).json());
            }
        }
        accepted.clear();
        return this;
    }

    /** Places one order, and waits until it is settled. Returns its id. */
    public String placeOne(String sku) throws IOException, InterruptedException {
        try (var connection = connect(0)) {
            return orderId(order(connection, sku, "Prefer", "wait=30"));
        }
    }

    /** Places one order, and notes that it was accepted. */
    public Connection.Answer order(Connection connection, String sku, String... headers)
            throws IOException, InterruptedException {
        return send(connection, orderOf(sku), headers);
    }

    /** Places the order that the body is, and notes that it was accepted. */
    Connection.Answer send(Connection connection, String body, String... headers)
            throws IOException, InterruptedException {
        var answer = write(connection, ORDERS, body, newKey(), headers);
        accepted.add(orderId(answer));
        return answer;
    }

    /** Asks for one order once, and notes it if it is accepted. */
    public Connection.Answer askFor(Connection connection, String sku) throws IOException {
        var answer = connection.post(ORDERS, orderOf(sku), "Idempotency-Key", newKey());
        if (answer.status() == 201) {
            accepted.add(orderId(answer));
        }
        return answer;
    }

    private String newKey() {
        return customer + "-" + keys.incrementAndGet();
    }

    /** The body of an order of one piece. */
    public static String orderOf(String sku) {
        return "{\"customerId\":\"17850\",\"currency\":\"GBP\",\"lines\":[{\"sku\":\"%s\",\"quantity\":1,\"unitPrice\":255}]}"
                .formatted(sku);
    }

    /** The same with an address that the customer is told at. */
    public static String orderOf(String sku, String email) {
        return "{\"contact\":{\"email\":\"%s\"},%s"
                .formatted(email, orderOf(sku).substring(1));
    }

    public static String orderId(Connection.Answer answer) {
        var location = answer.header("Location");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    /** As a client should: with the same key again while the platform is busy. */
    static Connection.Answer write(Connection connection, String path, String body, String key, String... headers)
            throws IOException, InterruptedException {
        var all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Idempotency-Key";
        all[1] = key;
        var until = System.nanoTime() + ACCEPTED_WITHIN.toNanos();
        var answer = connection.post(path, body, all);
        while ((answer.status() == 503 || answer.status() == 409) && System.nanoTime() < until) {
            Thread.sleep(BUSY);
            answer = connection.post(path, body, all);
        }
        return answer.expect(201);
    }

    /** Until every order that was placed up to the position is settled in the read model. */
    void awaitSettled(long position) throws IOException, InterruptedException {
        try (var connection = connect(0)) {
            Settling.awaitSettled(connection, position);
        }
    }

    /** Until nobody has anything left to read or to write: allocation and capture follow the confirmation. */
    public void awaitQuiet() throws IOException, InterruptedException {
        try (var connection = connect(0)) {
            Settling.awaitQuiet(connection);
        }
    }

    private Usage usage() throws IOException, SQLException {
        return new Usage(cpu(), database.wal(), database.tables());
    }

    private Map<String, Double> cpu() throws IOException {
        var seconds = new HashMap<>(servers.seconds());
        for (var node : nodes) {
            node.cpu().forEach((process, used) -> seconds.merge(process, used, Double::sum));
        }
        return seconds;
    }

    public double compileSeconds() throws IOException {
        double seconds = 0;
        for (var node : nodes) {
            seconds += node.compileSeconds();
        }
        return seconds;
    }
}
