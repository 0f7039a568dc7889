package orderplatform.app.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import orderplatform.app.Buyers;
import orderplatform.app.Client;
import orderplatform.app.Platform;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A SKU that is always read from its snapshot, as after a conflict or a start: it must know all that it knew. */
class SnapshotTest {

    private static final int ORDERS = 12;

    @Test
    void a_sku_remembers_reservations_and_deliveries_through_its_snapshots() throws Exception {
        try (var platform = Platform.start("--eventstore.lanes.snapshot-every=3", "--eventstore.lanes.aggregates=1")) {
            var sku = Client.newId("SKU");
            var receipts = "/api/stock/%s/receipts".formatted(sku);
            var key = Client.newId("key");
            platform.post(receipts, Map.of("quantity", 100), "Idempotency-Key", key)
                    .expect(201);
            assertThat(Buyers.outcomes(ORDERS, i -> platform.order("buyer-" + i, sku, 1)))
                    .isEqualTo(Map.of("CONFIRMED", (long) ORDERS));
            var stock = platform.await("/api/stock/" + sku, it -> it.number("allocated") == ORDERS);
            assertThat(stock.number("reserved")).isZero();

            platform.bean(JdbcClient.class).sql("DELETE FROM idempotency_key").update();
            platform.post(receipts, Map.of("quantity", 100), "Idempotency-Key", key)
                    .expect(201);
            assertThat(platform.get("/api/stock/" + sku).number("onHand")).isEqualTo(100);
        }
    }
}
