package orderplatform.app.benchmarks.byhand;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Takes calls in, and answers each when it is stored. */
final class Door {

    private static final int BACKLOG = 1_000;
    private static final int CALLS_AT_ONCE = 64;
    private static final int MAX_BODY_BYTES = 1024 * 1024;
    private static final int MAX_LINES = 2_000;
    private static final int MAX_QUANTITY = 1_000_000;
    private static final long MAX_PRICE = 1_000_000_000L;
    private static final String ORDERS = "/api/orders";
    private static final String STOCK = "/api/stock/";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s\"\\\\]{1,64}@[^@\\s\"\\\\]{1,255}");

    static {
        // Else an answer's body waits until its header is acknowledged, which takes the other side 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final JsonMapper json = new JsonMapper();
    private final Consumer<Work> writer;

    /** Orders under way: else callers, who are answered after the first phase, run ahead of the other two. */
    private final Semaphore room;

    record Receipt(long quantity) {}

    Door(Consumer<Work> writer, Semaphore room) {
        this.writer = writer;
        this.room = room;
    }

    void open(int port) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        server.setExecutor(Executors.newFixedThreadPool(CALLS_AT_ONCE));
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var answer = answer(exchange);
            if (answer.status() == 201) {
                json.readTree(answer.headers())
                        .propertyStream()
                        .forEach(header -> exchange.getResponseHeaders()
                                .set(header.getKey(), header.getValue().asString()));
            }
            var body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Order.Answer answer(HttpExchange exchange) throws IOException {
        var key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        var path = exchange.getRequestURI().getPath();
        var body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES);
        try {
            if (key == null
                    || key.length() > 255
                    || !exchange.getRequestMethod().equals("POST")) {
                return refused();
            }
            return path.equals(ORDERS)
                    ? place(key, body)
                    : receive(path.substring(STOCK.length()).split("/")[0], body);
        } catch (JacksonException unreadable) {
            return refused();
        }
    }

    private static Order.Answer refused() {
        return new Order.Answer(400, "{}", "");
    }

    private Order.Answer place(String key, byte[] content) {
        var body = json.readValue(content, Order.Body.class);
        if (!isValid(body)) {
            return refused();
        }
        var order = new Order(Ids.next(), Ids.next(), key, sha256(content), body, new CompletableFuture<>());
        room.acquireUninterruptibly();
        writer.accept(new Work.Place(order));
        var answer = order.answer().join();
        if (!answer.body().contains(order.id().toString())) {
            room.release();
        }
        return answer;
    }

    private static boolean isValid(Order.Body body) {
        return body.customerId() != null
                && ID.matcher(body.customerId()).matches()
                && body.currency() != null
                && CURRENCY.matcher(body.currency()).matches()
                && (body.contact() == null
                        || EMAIL.matcher(body.contact().email()).matches())
                && body.lines() != null
                && !body.lines().isEmpty()
                && body.lines().size() <= MAX_LINES
                && body.lines().stream().allMatch(Door::isValid);
    }

    private static boolean isValid(Order.Line line) {
        return line.sku() != null
                && ID.matcher(line.sku()).matches()
                && line.quantity() > 0
                && line.quantity() <= MAX_QUANTITY
                && line.unitPrice() >= 0
                && line.unitPrice() <= MAX_PRICE;
    }

    private Order.Answer receive(String sku, byte[] content) {
        var receipt =
                new Work.Receive(sku, json.readValue(content, Receipt.class).quantity(), new CompletableFuture<>());
        writer.accept(receipt);
        return receipt.answer().join();
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
