package orderplatform.app.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import orderplatform.app.Client;
import orderplatform.app.Platform;
import orderplatform.app.cli.Ran;
import org.awaitility.Awaitility;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.TopicExchange;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Orders that nodes of other versions placed go their way, from the saga to the export, as those of this version do. */
@ResourceLock(Resources.SYSTEM_OUT)
class MixedRevisionsTest {

    private static final long PATIENCE_MILLIS = 20_000;

    private static Platform platform;
    private static RabbitTemplate broker;

    private final String sku = platform.stocked(10);
    private final String orderId = Client.newId("order");
    private final Queue placed = new Queue("mixed-revisions-" + orderId, false);
    private final String path = "/api/orders/" + orderId;

    @BeforeAll
    static void start() {
        platform = Platform.start("--eventstore.lanes.snapshot-every=3", "--eventstore.lanes.aggregates=1");
        broker = new RabbitTemplate(platform.bean(ConnectionFactory.class));
    }

    @BeforeEach
    void listen() {
        var admin = new RabbitAdmin(broker);
        admin.declareQueue(placed);
        admin.declareBinding(BindingBuilder.bind(placed)
                .to(platform.bean(TopicExchange.class))
                .with("order.placed"));
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private void place(String revision, String more, long total) {
        var data = """
                {"orderId":"%s","customerId":"17850","contact":null,"lines":[{"sku":"%s","quantity":2,"unitPrice":255}],%s
                 "total":{"amount":%d,"currency":"GBP"}}""".formatted(orderId, sku, more, total);
        var position = new ForeignEvent("order-" + orderId, 0, "order.placed", revision, data).appendTo(platform);
        if (!Platform.isOnBaselineStores()) {
            reactToWhatIsNewAfter(position - 1);
        }
    }

    /** As the first start after a version whose sagas followed the log, which got so far. */
    private static void reactToWhatIsNewAfter(long position) {
        platform.bean(JdbcClient.class)
                .sql("""
                        INSERT INTO event_log.token (processor_name, segment, token, token_type, timestamp)
                        VALUES ('fulfilment', 0, convert_to('{"globalIndex":%d}', 'UTF8'), ?, '2026-01-01T00:00:00Z')""".formatted(position))
                .param(GlobalSequenceTrackingToken.class.getName())
                .update();
        platform.beans(SmartLifecycle.class).get("reactionCatchUp").start();
    }

    /** That the saga has it fulfilled, the aggregate decides on it, and both projections show it. */
    private void goesItsWay(long shipping, long total) {
        var captured = platform.await(
                path,
                it -> it.body().path("payment").path("captured").asLong() == total
                        && it.text("status").equals("CONFIRMED"));
        assertThat(captured.number("shipping")).isEqualTo(shipping);
        assertThat(captured.number("total")).isEqualTo(total);
        platform.post(path + "/cancellation", Map.of("reason", "changed my mind"))
                .expect(200);
        platform.await(path, it -> it.body().path("payment").path("refunded").asLong() == total);
        platform.await("/api/stock/" + sku, it -> it.number("available") == 10);

        var first = platform.get(path + "?asOfVersion=0").expect(200);
        assertThat(first.text("status")).isEqualTo("PLACED");
        assertThat(first.number("shipping")).isEqualTo(shipping);
        assertThat(platform.get(path + "?asOf=2100-01-01T00:00:00Z").text("status"))
                .isEqualTo("CANCELLED");
    }

    private void isShown(String revision, String field, String value) {
        var shown = platform.get(path + "/history").body().path("events").path(0);
        assertThat(shown.path("revision").asString()).isEqualTo(revision);
        assertThat(shown.path("data").path(field)).hasToString(value);
        assertThat(platform.get("/api/events?stream=order-" + orderId)
                        .body()
                        .path("events")
                        .path(0))
                .isEqualTo(shown);
        assertThat(Ran.command("export", "--url=" + platform.uri(""), "--stream=order-" + orderId)
                        .out())
                .contains(shown.toString());

        var published = published();
        assertThat(published.path("revision").asString()).isEqualTo(revision);
        assertThat(published.path("data")).isEqualTo(shown.path("data"));
    }

    private JsonNode published() {
        while (true) {
            var message = broker.receive(placed.getName(), PATIENCE_MILLIS);
            assertThat(message).as("order.placed of " + orderId).isNotNull();
            var event = JsonMapper.shared().readTree(message.getBody());
            if (event.path("subject").asString().equals(orderId)) {
                return event;
            }
        }
    }

    private void isTheSameAfterAReplay() {
        if (Platform.isOnBaselineStores()) {
            return;
        }
        var before = platform.get(path).body();
        var replay = platform.post("/api/projections/orders/replays", "").expect(202);
        platform.await(replay.header("Location"), it -> it.text("state").equals("SWAPPED"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(platform.get(path).body()).isEqualTo(before));
    }

    @Test
    void an_order_from_before_shipping_was_charged_is_shown_and_published_as_one_without_any() {
        place("1", "", 510);

        goesItsWay(0, 510);
        isShown("2", "shipping", "0");
        isTheSameAfterAReplay();
    }

    @Test
    void what_a_newer_version_added_is_passed_over_where_it_is_not_known_and_shown_and_published_all_the_same() {
        place("3", "\"shipping\":450,\"giftWrap\":{\"paper\":\"red\"},", 960);

        goesItsWay(450, 960);
        isShown("3", "giftWrap", "{\"paper\":\"red\"}");
        isTheSameAfterAReplay();
    }

    @Test
    void an_order_of_this_version_is_stored_in_the_newest_revision() {
        platform.post("/api/orders", """
                {"orderId":"%s","customerId":"17850","currency":"GBP","shipping":450,
                 "lines":[{"sku":"%s","quantity":2,"unitPrice":255}]}""".formatted(orderId, sku), "Idempotency-Key", orderId)
                .expect(201);

        goesItsWay(450, 960);
        isShown("2", "shipping", "450");
    }
}
