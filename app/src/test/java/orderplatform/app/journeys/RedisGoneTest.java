package orderplatform.app.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import orderplatform.app.Buyers;
import orderplatform.app.Platform;
import orderplatform.app.embedded.FreePort;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

/** Redis saves work and decides nothing. */
class RedisGoneTest {

    private static final int BUYERS = 50;
    private static final long PIECES = 10;

    @Test
    void every_answer_is_the_same_without_redis_and_after_it_is_back() throws Exception {
        int port = FreePort.find();
        var redis = started(port);
        try (var platform = Platform.start(
                "--spring.data.redis.host=127.0.0.1",
                "--spring.data.redis.port=" + port,
                "--platform.payments.stand-in=true")) {
            var sku = platform.stocked(100);
            sells(platform, sku, 1);
            onlyWhatIsThereIsSold(platform);
            var order = placed(platform, sku);
            var read = platform.get(order.header("Location"), "Consistency-Token", order.header("Consistency-Token"));

            redis.stop();
            assertThat(platform.get(order.header("Location")).response().body())
                    .isEqualTo(read.response().body());
            sells(platform, sku, 3);
            onlyWhatIsThereIsSold(platform);
            assertThat(platform.management().get("/actuator/health/readiness").status())
                    .isEqualTo(200);

            redis = started(port);
            assertThat(platform.get(order.header("Location")).response().body())
                    .isEqualTo(read.response().body());
            sells(platform, sku, 4);
            onlyWhatIsThereIsSold(platform);
        } finally {
            redis.stop();
        }
    }

    private static RedisServer started(int port) throws IOException {
        var redis = new RedisServer(port);
        redis.start();
        return redis;
    }

    private static Platform.Answer placed(Platform platform, String sku) {
        var order = platform.order("17850", sku, 1).expect(201);
        assertThat(order.text("status")).isEqualTo("CONFIRMED");
        platform.await(
                order.header("Location"),
                it -> it.body().path("payment").path("status").asString("").equals("CAPTURED"));
        return order;
    }

    /** Sells one more piece, which a query shows. */
    private static void sells(Platform platform, String sku, long soldThen) {
        var order = platform.order("17850", sku, 1).expect(201);
        assertThat(order.text("status")).isEqualTo("CONFIRMED");
        var read = platform.get(order.header("Location"), "Consistency-Token", order.header("Consistency-Token"));
        assertThat(read.expect(200).text("status")).isEqualTo("CONFIRMED");
        var stock = platform.await("/api/stock/" + sku, it -> it.number("allocated") == soldThen);
        assertThat(stock.number("onHand")).isEqualTo(100);
    }

    private static void onlyWhatIsThereIsSold(Platform platform) throws InterruptedException {
        var sku = platform.stocked(PIECES);
        assertThat(Buyers.outcomes(BUYERS, i -> platform.order("buyer-" + i, sku, 1)))
                .isEqualTo(Map.of("CONFIRMED", PIECES, "REJECTED", BUYERS - PIECES));
        platform.await("/api/stock/" + sku, it -> it.number("allocated") == PIECES && it.number("available") == 0);
    }
}
