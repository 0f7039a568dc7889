package orderplatform.app.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import orderplatform.app.Platform;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The log has an event that a newer version wrote. */
@ResourceLock(Resources.SYSTEM_OUT)
class UnknownEventTest {

    /** As in logback-test.xml. */
    private static final Path LOG = Path.of("target", "test.log");

    @Test
    void only_what_needs_an_event_stops_at_one_that_nobody_knows() throws IOException {
        var before = Files.size(LOG);
        try (var platform = Platform.start()) {
            var sku = platform.stocked(10);
            var order = platform.order("17850", sku, 1).expect(201);
            var location = order.header("Location");
            platform.await(
                    location,
                    it -> it.body().path("payment").path("status").asString().equals("CAPTURED"));

            var stream = "order-" + order.text("orderId");
            var position =
                    new ForeignEvent(stream, order.number("version") + 1, "order.split", "1", "{}").appendTo(platform);

            var error = "Event %d of the log is a \"order.split\" of revision 1".formatted(position);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> loggedSince(before).contains(error));
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
            assertThat(loggedSince(before))
                    .contains("is a \"order.split\" of revision 1, which no class of this node knows");
        }
    }

    private static String loggedSince(long size) throws IOException {
        var logged = Files.readAllBytes(LOG);
        return new String(logged, (int) size, logged.length - (int) size, StandardCharsets.UTF_8);
    }
}
