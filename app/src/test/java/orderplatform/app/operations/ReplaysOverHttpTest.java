package orderplatform.app.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import orderplatform.app.Client.Answer;
import orderplatform.app.Platform;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rebuilds read models while the shop is open. */
@DisabledIf("orderplatform.app.Platform#isOnBaselineStores")
class ReplaysOverHttpTest {

    private static final String ORDERS = "/api/projections/orders";

    private static Platform platform;
    private static JdbcClient database;

    @BeforeAll
    static void start() {
        platform = Platform.start();
        database = platform.bean(JdbcClient.class);
        var sku = platform.stocked(100);
        for (var customer : List.of("17850", "17850", "pay-decline-1")) {
            platform.order(customer, sku, 2).expect(201);
        }
        platform.order("17850", sku, 1_000).expect(201);
        awaitQuiet();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static void awaitQuiet() {
        Awaitility.await().pollInterval(Duration.ofMillis(300)).until(() -> {
            var now = platform.get("/api/projections").expect(200).body();
            Thread.sleep(300);
            return now.equals(platform.get("/api/projections").body())
                    && now.valueStream().allMatch(it -> it.path("lag").asLong() == 0);
        });
    }

    private static Answer begin(String projection) {
        return platform.post("/api/projections/%s/replays".formatted(projection), "{}")
                .expect(202);
    }

    private static Answer awaitOver(Answer begun) {
        return platform.await(
                begun.header("Location"), it -> !it.body().path("finishedAt").isNull());
    }

    private static String rows(String table) {
        return database.sql("SELECT string_agg(t::text, E'\\n' ORDER BY t::text) FROM %s t".formatted(table))
                .query(String.class)
                .single();
    }

    private static int generation(String projection) {
        return platform.get("/api/projections")
                .body()
                .valueStream()
                .filter(it -> it.path("name").asString().equals(projection))
                .findFirst()
                .orElseThrow()
                .path("generation")
                .asInt();
    }

    @ParameterizedTest
    @CsvSource({"orders, order_view", "stock, stock_view"})
    void the_rows_of_a_replay_equal_the_live_ones_to_the_last_byte(String projection, String table) {
        var before = rows(table);
        var generation = generation(projection);

        var begun = begin(projection);

        assertThat(begun.text("state")).isEqualTo("RUNNING");
        assertThat(begun.header("Location"))
                .isEqualTo("/api/projections/%s/replays/%s".formatted(projection, begun.text("id")));
        var over = awaitOver(begun);
        assertThat(over.text("state")).as(over.response().body()).isEqualTo("SWAPPED");
        assertThat(over.number("percent")).isEqualTo(100);
        assertThat(over.number("position")).isEqualTo(over.number("target"));
        var comparison = over.body().path("comparison");
        assertThat(comparison.path("equal").asBoolean())
                .as(over.response().body())
                .isTrue();
        assertThat(comparison.path("rows").asInt()).isEqualTo(before.lines().count());
        assertThat(comparison.path("checksum")).isEqualTo(comparison.path("liveChecksum"));
        assertThat(rows(table)).isEqualTo(before).isNotBlank();
        assertThat(rows("last_generation." + table)).isEqualTo(before);
        assertThat(generation(projection)).isEqualTo(generation + 1);
        platform.management()
                .await(
                        "/actuator/prometheus",
                        it -> it.response()
                                .body()
                                .contains("eventstore_replays_total{outcome=\"swapped\",projection=\"%s\"}"
                                        .formatted(projection)));
    }

    @Test
    void its_progress_is_told_until_it_is_over() {
        var begun = begin("orders");

        var told = platform.get(begun.header("Location") + "/progress").expect(200);

        assertThat(told.header("Content-Type")).startsWith("text/event-stream");
        var events = told.response().body().split("\n\n");
        assertThat(events).allSatisfy(event -> assertThat(event).startsWith("event:progress\ndata:{"));
        assertThat(events[events.length - 1]).contains("\"state\":\"SWAPPED\"").contains("\"percent\":100");
        platform.get(ORDERS + "/replays/none/progress").expect(404);
    }

    @Test
    void a_replay_that_is_asked_for_twice_with_one_key_is_one() {
        var key = Platform.newId("key");
        var replays = "/api/projections/orders/replays";
        var first = platform.post(replays, "{}", "Idempotency-Key", key).expect(202);
        awaitOver(first);
        var generation = generation("orders");

        var again = platform.post(replays, "{}", "Idempotency-Key", key).expect(202);

        assertThat(again.response().body()).isEqualTo(first.response().body());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(generation("orders")).isEqualTo(generation);
        platform.post(replays, Map.of("until", 1), "Idempotency-Key", key).expect(422);
    }

    @Test
    void queries_are_answered_all_the_while_and_never_show_what_was_before() throws Exception {
        var sku = platform.stocked(1_000);
        var enough = new AtomicBoolean();
        var buyer = CompletableFuture.runAsync(() -> {
            while (!enough.get()) {
                var placed = platform.post(
                                "/api/orders",
                                Platform.orderOf("17850", sku, 1),
                                "Idempotency-Key",
                                Platform.newId("key"))
                        .expect(201);
                var seen = platform.get(
                                placed.header("Location"), "Consistency-Token", placed.header("Consistency-Token"))
                        .expect(200);
                var again = platform.get(placed.header("Location")).expect(200);
                assertThat(again.number("position")).isGreaterThanOrEqualTo(seen.number("position"));
                platform.get("/api/orders?customerId=17850").expect(200);
            }
        });

        for (int i = 0; i < 3 && !buyer.isDone(); i++) {
            assertThat(awaitOver(begin("orders")).text("state")).isEqualTo("SWAPPED");
        }
        enough.set(true);

        buyer.get();
        awaitQuiet();
        var live = rows("order_view");
        awaitOver(begin("orders"));
        assertThat(rows("order_view")).isEqualTo(live);
    }

    @Test
    void a_view_that_the_last_generation_left_in_redis_is_not_shown() {
        var placed = platform.order("17850", platform.stocked(1), 1).expect(201);
        var location = placed.header("Location");
        awaitQuiet();
        platform.get(location).expect(200);
        database.sql("UPDATE order_view SET customer_id = 'wrong' WHERE order_id = ?")
                .param(placed.text("orderId"))
                .update();

        awaitOver(begin("orders"));
        assertThat(platform.get(location).text("customerId")).isEqualTo("17850");
        assertThat(platform.post(ORDERS + "/rollback", "").expect(200).number("generation"))
                .isEqualTo(generation("orders"));

        assertThat(rows("order_view")).contains("wrong");
        assertThat(awaitOver(begin("orders")).text("state")).isEqualTo("SWAPPED");
        assertThat(rows("order_view")).doesNotContain("wrong");
    }

    @Test
    void one_until_a_position_stops_there_in_the_sandbox() {
        var head = platform.get("/api/projections").body().path(0).path("head").asLong();
        var live = rows("order_view");
        var begun =
                platform.post(ORDERS + "/replays", Map.of("until", head / 2)).expect(202);

        var over = awaitOver(begun);

        assertThat(over.text("state")).isEqualTo("STOPPED");
        assertThat(over.number("until")).isEqualTo(head / 2);
        assertThat(rows("order_view")).isEqualTo(live);
        assertThat(rows("sandbox.order_view")).isNotEqualTo(live);
        for (var action : List.of("pause", "resume", "cancel")) {
            assertThat(platform.post(begun.header("Location") + "/" + action, "")
                            .expect(409)
                            .text("type"))
                    .isEqualTo("/problems/replay-over");
        }
    }

    @Test
    void auditors_read_the_rows_of_the_sandbox_page_by_page() {
        var first = platform.order("17850", platform.stocked(5), 1).expect(201);
        awaitQuiet();
        long then = platform.get("/api/projections").body().path(0).path("head").asLong();
        platform.order("17850", platform.stocked(5), 1).expect(201);
        var begun = platform.post(ORDERS + "/replays", Map.of("until", then)).expect(202);
        awaitOver(begun);
        var rows = begun.header("Location") + "/rows?limit=2";

        var ids = new ArrayList<String>();
        for (var page = platform.get(rows).expect(200); ; ) {
            assertThat(page.number("position")).isEqualTo(then);
            page.body().path("items").forEach(it -> ids.add(it.path("order_id").asString()));
            if (page.body().path("nextCursor").isNull()) {
                break;
            }
            page = platform.get(rows + "&cursor=" + page.text("nextCursor")).expect(200);
        }

        assertThat(ids).doesNotHaveDuplicates().contains(first.text("orderId"));
        assertThat(ids).hasSize((int) rows("sandbox.order_view").lines().count());
        assertThat(platform.get(rows + "&key=" + first.text("orderId"))
                        .body()
                        .path("items")
                        .path(0)
                        .path("status")
                        .asString())
                .isEqualTo("CONFIRMED");
        for (var wrong : List.of("cursor=x", "cursor=WyJhIiwiYiJd", "limit=0", "limit=201")) {
            assertThat(platform.get(begun.header("Location") + "/rows?" + wrong)
                            .expect(400)
                            .body()
                            .path("errors")
                            .path(0)
                            .path("field")
                            .asString())
                    .isEqualTo(wrong.substring(0, wrong.indexOf('=')));
        }
        var live = awaitOver(begin("orders"));
        assertThat(platform.get(ORDERS + "/replays/%s/rows".formatted(live.text("id")))
                        .expect(409)
                        .text("type"))
                .isEqualTo("/problems/not-in-sandbox");
    }

    @Test
    void all_projections_are_replayed_by_one_call() {
        var begun = platform.post("/api/projections/replays", "").expect(202);

        assertThat(begun.header("Location")).isEqualTo("/api/projections/replays");
        assertThat(begun.body()
                        .path("items")
                        .valueStream()
                        .map(it -> it.path("projection").asString()))
                .containsExactly("orders", "revenue", "stock");
        var over = platform.await(
                "/api/projections/replays",
                latest -> latest.body()
                        .path("items")
                        .valueStream()
                        .noneMatch(it -> it.path("finishedAt").isNull()));
        assertThat(over.body().path("items").valueStream())
                .allSatisfy(it -> assertThat(it.path("state").asString()).isEqualTo("SWAPPED"));
    }

    @Test
    void the_last_generation_can_be_dropped() {
        awaitOver(begin("orders"));
        var last = ORDERS + "/generations/last";

        platform.delete(last).expect(204);

        assertThat(platform.delete(last).expect(404).text("type")).isEqualTo("/problems/generation-not-found");
        platform.post(ORDERS + "/rollback", "").expect(409);
        platform.delete("/api/projections/unheard-of/generations/last").expect(404);
    }

    @Test
    void what_is_unknown_or_makes_no_sense_is_refused() {
        assertThat(platform.post("/api/projections/unheard-of/replays", "{}")
                        .expect(404)
                        .text("type"))
                .isEqualTo("/problems/projection-not-found");
        assertThat(platform.post("/api/projections/relay/replays", "{}")
                        .expect(404)
                        .text("type"))
                .isEqualTo("/problems/projection-not-found");
        assertThat(platform.post("/api/projections/unheard-of/rollback", "")
                        .expect(404)
                        .text("type"))
                .isEqualTo("/problems/projection-not-found");
        assertThat(platform.get(ORDERS + "/replays/none").expect(404).text("type"))
                .isEqualTo("/problems/replay-not-found");
        var beyond = platform.post(ORDERS + "/replays", Map.of("until", 1_000_000_000))
                .expect(400);
        assertThat(beyond.body().path("errors").path(0).path("field").asString())
                .isEqualTo("until");
    }
}
