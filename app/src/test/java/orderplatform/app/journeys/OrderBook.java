package orderplatform.app.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import orderplatform.app.Client;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What customers know of their orders: each attempt with its key, and its answer if there was one. */
class OrderBook {

    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(40);
    private static final int PAGE = 1_000;
    private static final int UNIT_PRICE = 255;
    private static final String ORDER = """
            {"customerId":"%s","currency":"GBP","contact":{"email":"a@b.example"},
             "lines":[{"sku":"%s","quantity":%d,"unitPrice":255}]}""";

    private final Map<Attempt, String> locations = new ConcurrentHashMap<>();
    private final Map<Attempt, String> statuses = new ConcurrentHashMap<>();
    private final List<Attempt> unanswered = Collections.synchronizedList(new ArrayList<>());

    private record Attempt(String key, String customer, String sku, int quantity) {

        static Attempt random(Random choices, List<String> skus) {
            var kind = choices.nextInt(8);
            var customer = kind == 0 ? "pay-decline-1" : kind == 1 ? "pay-webhook-1" : "17850";
            var sku = skus.get(choices.nextInt(skus.size()));
            return new Attempt(Client.newId("key"), customer, sku, 1 + choices.nextInt(3));
        }

        Client.Answer send(Client client) {
            return client.post("/api/orders", ORDER.formatted(customer, sku, quantity), "Idempotency-Key", key);
        }
    }

    int answers() {
        return locations.size();
    }

    /** One customer after the other, until nobody answers any more. */
    void orderUntilItIsGone(Client client, Random choices, List<String> skus) {
        while (true) {
            var attempt = Attempt.random(choices, skus);
            try {
                locations.put(attempt, attempt.send(client).expect(201).header("Location"));
            } catch (UncheckedIOException gone) {
                unanswered.add(attempt);
                return;
            }
        }
    }

    List<String> orderIds() {
        return locations.values().stream().map(OrderBook::orderId).toList();
    }

    private static String orderId(String location) {
        return location.substring(location.lastIndexOf('/') + 1);
    }

    void repeatUnanswered(Client client) {
        unanswered.forEach(attempt -> {
            var answer = Awaitility.await("repeat of " + attempt)
                    .atMost(SETTLED_WITHIN)
                    .until(() -> attempt.send(client), it -> it.status() == 201);
            locations.put(attempt, answer.header("Location"));
        });
    }

    void assertSettled(Client client) {
        locations.forEach((attempt, location) -> {
            var order = client.await(
                    location, it -> List.of("CONFIRMED", "REJECTED").contains(it.text("status")));
            statuses.put(attempt, order.text("status"));
        });
        assertThat(statuses.values()).contains("CONFIRMED", "REJECTED");
    }

    void assertStockAddsUp(Client client, String sku, long received) {
        var sold = statuses.entrySet().stream()
                .filter(it -> it.getKey().sku().equals(sku) && it.getValue().equals("CONFIRMED"))
                .mapToLong(it -> it.getKey().quantity())
                .sum();
        assertThat(sold).isBetween(1L, received);
        var stock =
                client.await("/api/stock/" + sku, it -> it.number("allocated") == sold && it.number("reserved") == 0);
        assertThat(stock.number("onHand")).isEqualTo(received);
        assertThat(stock.number("available")).isEqualTo(received - sold);
    }

    /** The provider has taken the price of each confirmed order once, and nothing for any other. */
    void assertChargedOnce(Path ledger) {
        var wanted = new TreeMap<String, List<Long>>();
        locations.forEach((attempt, location) -> {
            if (statuses.get(attempt).equals("CONFIRMED")) {
                var payment = "pay-" + orderId(location);
                wanted.put(payment, List.of((long) attempt.quantity() * UNIT_PRICE));
            }
        });
        Awaitility.await("captures")
                .atMost(SETTLED_WITHIN)
                .untilAsserted(() -> assertThat(captured(ledger)).isEqualTo(wanted));
    }

    private static Map<String, List<Long>> captured(Path ledger) throws IOException {
        return Files.readAllLines(ledger).stream()
                .map(JsonMapper.shared()::readTree)
                .filter(entry -> is(entry, "step", "CAPTURE") && is(entry, "status", "APPROVED"))
                .collect(Collectors.groupingBy(
                        entry -> entry.path("paymentId").asString(),
                        TreeMap::new,
                        Collectors.mapping(entry -> entry.path("amount").asLong(), Collectors.toList())));
    }

    private static boolean is(JsonNode entry, String field, String value) {
        return entry.path(field).asString().equals(value);
    }

    /** Nor does a repeated order stand there twice. */
    void assertEveryStreamIsWhole(Client client) {
        var streams = log(client);
        assertThat(streams)
                .allSatisfy((stream, versions) -> assertThat(versions)
                        .as(stream)
                        .isEqualTo(LongStream.range(0, versions.size()).boxed().toList()));
        assertThat(streams.keySet())
                .filteredOn(stream -> stream.startsWith("order-"))
                .hasSize(answers());
    }

    /** The versions of every stream, in the order of the log. */
    private static Map<String, List<Long>> log(Client client) {
        var streams = new TreeMap<String, List<Long>>();
        long after = -1;
        List<JsonNode> page;
        do {
            var slice = client.get("/api/events?limit=%d&after=%d".formatted(PAGE, after))
                    .expect(200);
            page = slice.body().path("events").valueStream().toList();
            page.forEach(event -> streams.computeIfAbsent(event.path("stream").asString(), stream -> new ArrayList<>())
                    .add(event.path("version").asLong()));
            after = slice.number("next");
        } while (!page.isEmpty());
        return streams;
    }
}
