package orderplatform.app.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import orderplatform.app.Platform;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The log has an event that a newer version wrote. */
@ExtendWith(OutputCaptureExtension.class)
class UnknownEventTest {

    private static final String TO_THE_ENGINE = """
            WITH tail AS (UPDATE event_log.tail SET position = position + 1 RETURNING position)
            INSERT INTO event_log.event (position, stream, version, event_id, event_type, revision,
                                         stream_type, recorded_at, payload, metadata)
            SELECT position, :stream, :version, gen_random_uuid(), 'order.split', '1', 'Order', now(), '{}', '{}' FROM tail
            RETURNING position""";

    private static final String TO_THE_STOCK_STORES = """
            INSERT INTO domain_event_entry (global_index, aggregate_identifier, sequence_number, event_identifier,
                                            payload_type, payload_revision, type, time_stamp, payload, meta_data)
            VALUES (nextval('domain_event_entry_seq'), :stream, :version, gen_random_uuid(), 'order.split', '1', 'Order',
                    '2010-12-01T08:00:00Z', '{}', '{}')
            RETURNING global_index""";

    @Test
    void only_what_needs_an_event_stops_at_one_that_nobody_knows(CapturedOutput output) {
        try (var platform = Platform.start()) {
            var sku = platform.stocked(10);
            var order = platform.order("17850", sku, 1).expect(201);
            var location = order.header("Location");
            platform.await(
                    location,
                    it -> it.body().path("payment").path("status").asString().equals("CAPTURED"));

            var position = append(platform, "order-" + order.text("orderId"), order.number("version") + 1);

            var error = "Event %d of the log is a \"order.split\" of revision 1".formatted(position);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> output.getOut().contains(error));
            var receipt = platform.post("/api/stock/%s/receipts".formatted(sku), Map.of("quantity", 5))
                    .expect(201);
            var stock = platform.get("/api/stock/" + sku, "Consistency-Token", receipt.header("Consistency-Token"));
            assertThat(stock.expect(200).number("onHand")).isEqualTo(15);
            assertThat(platform.get(location, "Consistency-Token", receipt.header("Consistency-Token"))
                            .expect(503)
                            .text("type"))
                    .isEqualTo("/problems/projection-behind");
            assertThat(platform.post(
                                    location + "/cancellation",
                                    Map.of("reason", "Changed my mind."),
                                    "Idempotency-Key",
                                    "cancel")
                            .status())
                    .isEqualTo(500);
            assertThat(output).contains("is a \"order.split\" of revision 1, which no class of this node knows");
        }
    }

    private static long append(Platform platform, String stream, long version) {
        return platform.bean(JdbcClient.class)
                .sql(Platform.isOnStockStores() ? TO_THE_STOCK_STORES : TO_THE_ENGINE)
                .param("stream", stream)
                .param("version", version)
                .query(Long.class)
                .single();
    }
}
