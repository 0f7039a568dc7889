package orderplatform.app.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import orderplatform.app.Platform;
import org.junit.jupiter.api.Test;

class LastPiecesTest {

    private static final int CLIENTS = 50;
    private static final int PIECES = 10;

    private final Platform platform = Platform.shared();

    @Test
    void fifty_clients_buy_the_last_ten_pieces_and_exactly_ten_get_one() throws Exception {
        var sku = platform.stocked(PIECES);
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Callable<Platform.Answer>> buyers = IntStream.range(0, CLIENTS)
                    .<Callable<Platform.Answer>>mapToObj(i -> () -> platform.order("buyer-" + i, sku, 1))
                    .toList();
            var outcomes = clients.invokeAll(buyers).stream()
                    .collect(Collectors.groupingBy(buyer -> buyer.resultNow().text("status"), Collectors.counting()));
            assertThat(outcomes)
                    .containsEntry("CONFIRMED", (long) PIECES)
                    .containsEntry("REJECTED", (long) CLIENTS - PIECES)
                    .hasSize(2);
        }
        var stock = platform.await(
                "/api/stock/" + sku, it -> it.body().path("allocated").asLong() == PIECES);
        assertThat(stock.body().path("onHand").asLong()).isEqualTo(PIECES);
        assertThat(stock.body().path("reserved").asLong()).isZero();
        assertThat(stock.body().path("available").asLong()).isZero();
    }

    @Test
    void a_sold_out_sku_sells_again_as_soon_as_its_receipt_is_answered() throws Exception {
        var sku = platform.stocked(1);
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Callable<Platform.Answer>> buyers = IntStream.range(0, CLIENTS)
                    .<Callable<Platform.Answer>>mapToObj(i -> () -> platform.order("buyer-" + i, sku, 1))
                    .toList();
            clients.invokeAll(buyers);
            platform.post("/api/stock/%s/receipts".formatted(sku), "{\"quantity\":%d}".formatted(CLIENTS))
                    .expect(201);
            assertThat(clients.invokeAll(buyers))
                    .extracting(buyer -> buyer.resultNow().text("status"))
                    .containsOnly("CONFIRMED");
        }
    }
}
