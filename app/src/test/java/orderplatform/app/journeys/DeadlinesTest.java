package orderplatform.app.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import orderplatform.app.Platform;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Deadlines are kept to the second, also those that pass while nobody is there. The provider answers none of it. */
@Order(2)
class DeadlinesTest {

    private static final String LONG = "15m";
    private static final Duration WAIT = Duration.ofSeconds(3);
    private static final Duration LATE_AT_MOST = Duration.ofSeconds(1);

    @Test
    void payment_and_reservation_end_within_a_second_of_their_time_also_over_a_restart() {
        var folder = Platform.newFolder();
        var payments = new String[] {"--platform.fulfilment.payment=3s", "--platform.fulfilment.reservation=" + LONG};
        var reservations =
                new String[] {"--platform.fulfilment.payment=" + LONG, "--platform.fulfilment.reservation=3s"};

        Unpaid overARestart;
        try (var platform = Platform.startOn(folder, payments)) {
            var unpaid = Unpaid.placed(platform);
            unpaid.isRejected(platform, "payment-timeout");
            var reservedAt = time(unpaid.reservation(platform).path("recordedAt"));
            assertKept(reservedAt.plus(WAIT), unpaid.rejectedAt(platform));
            overARestart = Unpaid.placed(platform);
        }
        overARestart = restarted(folder, reservations, overARestart, "payment-timeout");
        try (var platform = Platform.startOn(folder)) {
            overARestart.isRejected(platform, "reservation-expired");
        }
    }

    private static Unpaid restarted(Path folder, String[] settings, Unpaid earlier, String reason) {
        try (var platform = Platform.startOn(folder, settings)) {
            earlier.isRejected(platform, reason);
            var unpaid = Unpaid.placed(platform);
            unpaid.isRejected(platform, "reservation-expired");
            assertKept(time(unpaid.reservation(platform).path("data").path("expiresAt")), unpaid.rejectedAt(platform));
            return Unpaid.placed(platform);
        }
    }

    private static void assertKept(Instant deadline, Instant kept) {
        assertThat(kept).isBetween(deadline, deadline.plus(LATE_AT_MOST));
    }

    private static Instant time(JsonNode text) {
        return Instant.parse(text.asString());
    }

    /** An order that waits for a payment provider who is down. */
    private record Unpaid(String location, String sku) {

        static Unpaid placed(Platform platform) {
            var sku = platform.stocked(5);
            var placed = platform.post(
                            "/api/orders",
                            Platform.orderOf("pay-down-1", sku, 2),
                            "Idempotency-Key",
                            Platform.newId("key"))
                    .expect(201);
            platform.await(placed.header("Location"), it -> "AWAITING_PAYMENT".equals(it.text("status")));
            platform.await("/api/stock/" + sku, it -> it.number("reserved") == 2);
            return new Unpaid(placed.header("Location"), sku);
        }

        void isRejected(Platform platform, String reason) {
            var order = platform.await(location, it -> "REJECTED".equals(it.text("status")));
            assertThat(order.body().path("rejection").path("code").asString()).isEqualTo(reason);
            platform.await("/api/stock/" + sku, it -> it.number("reserved") == 0 && it.number("available") == 5);
        }

        Instant rejectedAt(Platform platform) {
            var events = platform.get(location + "/history").expect(200).body().path("events");
            return events.valueStream()
                    .filter(event -> event.path("type").asString().equals("order.rejected"))
                    .map(event -> time(event.path("recordedAt")))
                    .findFirst()
                    .orElseThrow();
        }

        /** The event from which the wait for the payment counts, and which names the end of the reservation. */
        JsonNode reservation(Platform platform) {
            return platform.get("/api/events?type=stock.reserved&limit=1000")
                    .expect(200)
                    .body()
                    .path("events")
                    .valueStream()
                    .filter(event -> event.path("data").path("sku").asString().equals(sku))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
