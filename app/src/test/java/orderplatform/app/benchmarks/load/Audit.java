package orderplatform.app.benchmarks.load;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import orderplatform.app.benchmarks.process.Connection;
import tools.jackson.databind.JsonNode;

/** Compares what a shop's customers were told, what the log says, and what the read models show. */
public final class Audit {

    private static final int EVENTS = 1_000;
    private static final int ORDERS = 200;

    private final Shop shop;
    private final Books books;

    private Audit(Shop shop) {
        this.shop = shop;
        this.books = shop.books();
    }

    /** Whether each check of a shop's books passes. */
    public static Map<String, Boolean> of(Shop shop) throws IOException, InterruptedException {
        shop.awaitQuiet();
        try (var connection = shop.connect(0)) {
            var audit = new Audit(shop);
            audit.readLog(connection);
            return audit.checks(connection);
        }
    }

    /** The same if nobody noted which orders were accepted: those in the log are. */
    public static Map<String, Boolean> ofWhatIsThere(Shop shop) throws IOException, InterruptedException {
        shop.awaitQuiet();
        try (var connection = shop.connect(0)) {
            var audit = new Audit(shop);
            audit.readLog(connection);
            shop.accepted().addAll(shop.books().orders().keySet());
            return audit.checks(connection);
        }
    }

    private void readLog(Connection connection) throws IOException {
        JsonNode events;
        do {
            var path = "/api/events?limit=%d&after=%d".formatted(EVENTS, books.position());
            events = connection.get(path).expect(200).json().path("events");
            events.forEach(books::read);
        } while (!events.isEmpty());
    }

    private Map<String, Boolean> checks(Connection connection) throws IOException {
        var orders = books.orders();
        var accepted = shop.accepted();
        var checks = new TreeMap<String, Boolean>();
        checks.put("no accepted order is lost", orders.keySet().containsAll(accepted));
        checks.put("no order is doubled", orders.size() == accepted.size());
        checks.put("every order is settled", orders.values().stream().allMatch(Books.Order::isSettled));
        checks.put("every order is charged rightly", orders.values().stream().allMatch(Books.Order::isChargedRightly));
        checks.put(
                "no version is missing or doubled, nothing is oversold",
                books.wrong().isEmpty());
        checks.put("orders shown = fold of the events", ordersAreShown(connection));
        checks.put("stock shown = fold of the events", stockIsShown(connection));
        books.wrong().stream().limit(5).forEach(System.err::println);
        return checks;
    }

    /** All orders of the shop are the newest, so that older ones need not be read. */
    private boolean ordersAreShown(Connection connection) throws IOException {
        var missing = new HashSet<>(books.orders().keySet());
        var cursor = "";
        while (!missing.isEmpty()) {
            var page = connection
                    .get("/api/orders?limit=" + ORDERS + cursor)
                    .expect(200)
                    .json();
            for (var view : page.path("items")) {
                var id = view.path("orderId").asString();
                if (missing.remove(id) && !books.orders().get(id).isShownBy(view)) {
                    System.err.println("Shown differently from the log: " + view);
                    return false;
                }
            }
            if (page.path("nextCursor").isNull()) {
                break;
            }
            cursor = "&cursor=" + page.path("nextCursor").asString();
        }
        return areShown(missing, connection);
    }

    /** One by one: on Axon's stores two orders can have the same position, of which a page may leave out one. */
    private boolean areShown(Set<String> orders, Connection connection) throws IOException {
        boolean shown = true;
        for (var id : orders) {
            var answer = connection.get("/api/orders/" + id);
            shown &= answer.status() == 200 && books.orders().get(id).isShownBy(answer.json());
        }
        return shown;
    }

    private boolean stockIsShown(Connection connection) throws IOException {
        var shown = new HashMap<String, JsonNode>();
        for (var sku : books.stock().keySet()) {
            shown.put(sku, connection.get("/api/stock/" + sku).expect(200).json());
        }
        return books.stock().entrySet().stream()
                .allMatch(entry -> entry.getValue().isShownBy(shown.get(entry.getKey())));
    }
}
