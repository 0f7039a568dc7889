package orderplatform.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import orderplatform.app.PlatformClasses;
import orderplatform.app.PlatformProcess;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A start as the README has it, with the first rows of the day and with JSON logs, where numbers have other digits. */
@Order(1)
class DemoDayTest {

    private static final Duration PLAYED_WITHIN = Duration.ofSeconds(60);
    private static final String PLAYED = "The demo day is imported";

    private static PlatformProcess platform;

    @BeforeAll
    static void play() throws IOException {
        platform = new PlatformProcess(
                PlatformProcess.DEMO,
                "-Duser.language=ar",
                "-Duser.country=EG",
                "--logging.structured.format.console=ecs",
                // Statements are logged where messages are handled.
                "--logging.level.org.springframework.jdbc.core.JdbcTemplate=debug");
        awaitLogged(PLAYED);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static void awaitLogged(String message) {
        Awaitility.await(message).atMost(PLAYED_WITHIN).until(() -> logged(message) > 0);
    }

    private static long logged(String message) throws IOException {
        return platform.log().stream().filter(line -> line.contains(message)).count();
    }

    @Test
    void nothing_that_a_machine_reads_has_the_digits_of_the_locale() {
        var refused = platform.post(
                        "/api/orders",
                        "{\"customerId\":\"17850\",\"currency\":\"GBP\",\"lines\":[{\"quantity\":1,\"unitPrice\":1}]}",
                        "Idempotency-Key",
                        "no-sku")
                .expect(400);
        assertThat(refused.body().path("errors").path(0).path("field").asString())
                .isEqualTo("lines[0].sku");
    }

    @Test
    void every_order_of_the_day_is_confirmed_or_rejected_with_a_reason_and_the_sums_are_right() throws IOException {
        var ordered = unitsByInvoice();
        var orders = platform.get("/api/orders?limit=200").expect(200).body().path("items");
        assertThat(orders.valueStream().map(order -> order.path("orderId").asString()))
                .containsExactlyInAnyOrderElementsOf(ordered.keySet());
        assertThat(orders.valueStream()).allSatisfy(order -> {
            assertThat(order.path("status").asString()).isIn("CONFIRMED", "REJECTED");
            assertThat(order.path("rejection").path("code").asString(""))
                    .isEqualTo(isConfirmed(order) ? "" : "insufficient-stock");
            assertThat(units(order)).isEqualTo(ordered.get(order.path("orderId").asString()));
        });
        var confirmed = orders.valueStream().filter(DemoDayTest::isConfirmed).toList();
        assertThat(confirmed.size()).isBetween(1, ordered.size() - 1);
        assertThat(row("orders placed")).isEqualTo(ordered.size());
        assertThat(row("orders confirmed")).isEqualTo(confirmed.size());
        assertThat(row("notifications sent")).isNotNegative();
        assertThat(row("orders rejected: insufficient-stock")).isEqualTo(ordered.size() - confirmed.size());
        assertThat(row("units ordered"))
                .isEqualTo(ordered.values().stream().mapToLong(it -> it).sum());
        assertThat(row("units sold"))
                .isEqualTo(confirmed.stream().mapToLong(DemoDayTest::units).sum());
        soldBySku(confirmed)
                .forEach((sku, sold) -> platform.await("/api/stock/" + sku, it -> it.number("allocated") == sold));
    }

    @Test
    void a_second_start_imports_nothing_twice_and_ends_if_it_is_to() throws Exception {
        platform.await(
                "/api/projections",
                it -> it.body()
                        .valueStream()
                        .allMatch(projection -> projection.path("lag").asLong() == 0));
        var head = head();
        platform.stop();
        assertThat(platform.runToItsEnd("--platform.demo.exit=true")).isZero();
        assertThat(logged("The demo day is there already")).isEqualTo(1);
        platform.start();
        assertThat(head()).isEqualTo(head);
        assertThat(logged(PLAYED)).isEqualTo(1);
    }

    @Test
    void a_log_line_is_json_with_the_order_and_the_trace_of_what_was_handled() throws IOException {
        // Which orders have statements of their own depends on which messages came first in their batches.
        var tracesByOrder = platform.log().stream()
                .filter(line -> line.startsWith("{"))
                .map(JsonMapper.shared()::readTree)
                .filter(line -> line.path("orderId").isString())
                .collect(Collectors.groupingBy(
                        line -> line.path("orderId").asString(),
                        Collectors.mapping(line -> line.path("traceId").asString(), Collectors.toSet())));
        assertThat(tracesByOrder)
                .isNotEmpty()
                .allSatisfy((order, traces) -> assertThat(traces).containsExactly(trace(order)));
    }

    private static String trace(String order) {
        return platform.get("/api/orders/%s/history".formatted(order))
                .expect(200)
                .body()
                .path("events")
                .path(0)
                .path("metadata")
                .path("correlationId")
                .asString();
    }

    private static long head() {
        return platform.get("/api/projections")
                .expect(200)
                .body()
                .path(0)
                .path("head")
                .asLong();
    }

    private static boolean isConfirmed(JsonNode order) {
        return order.path("status").asString().equals("CONFIRMED");
    }

    private static long units(JsonNode order) {
        return order.path("lines")
                .valueStream()
                .mapToLong(line -> line.path("quantity").asLong())
                .sum();
    }

    private static Map<String, Long> soldBySku(List<JsonNode> orders) {
        var sold = new TreeMap<String, Long>();
        orders.stream()
                .flatMap(order -> order.path("lines").valueStream())
                .forEach(line -> sold.merge(
                        line.path("sku").asString(), line.path("quantity").asLong(), Long::sum));
        return sold;
    }

    /** A figure of the summary, whose first line may stand behind what the progress bar has written. */
    private static long row(String name) throws IOException {
        return platform.log().stream()
                .filter(line -> line.contains(name + "  "))
                .map(line -> line.substring(line.indexOf(name) + name.length())
                        .strip()
                        .replace(",", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row " + name));
    }

    /** The goods of each sale, counted by the test itself. */
    private static TreeMap<String, Long> unitsByInvoice() throws IOException {
        var units = new TreeMap<String, Long>();
        var form = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (var rows = form.parse(new StringReader(String.join("\n", PlatformClasses.demoDay())))) {
            rows.stream()
                    .filter(DemoDayTest::isSale)
                    .forEach(row -> units.merge(row.get("InvoiceNo"), Long.valueOf(row.get("Quantity")), Long::sum));
        }
        return units;
    }

    private static boolean isSale(CSVRecord row) {
        return row.get("StockCode").matches("\\d{5}.*")
                && !row.get("Quantity").startsWith("-")
                && Double.parseDouble(row.get("UnitPrice")) > 0;
    }
}
