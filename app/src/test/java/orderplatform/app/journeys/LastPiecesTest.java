package orderplatform.app.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import orderplatform.app.Buyers;
import orderplatform.app.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(Platform.SHARED)
class LastPiecesTest {

    private static final int CLIENTS = 50;
    private static final long PIECES = 10;

    private final Platform platform = Platform.shared();

    @Test
    void fifty_clients_buy_the_last_ten_pieces_and_exactly_ten_get_one() throws Exception {
        var sku = platform.stocked(PIECES);
        assertThat(Buyers.outcomes(CLIENTS, i -> platform.order("buyer-" + i, sku, 1)))
                .isEqualTo(Map.of("CONFIRMED", PIECES, "REJECTED", CLIENTS - PIECES));
        var stock = platform.await("/api/stock/" + sku, it -> it.number("allocated") == PIECES);
        assertThat(stock.number("onHand")).isEqualTo(PIECES);
        assertThat(stock.number("reserved")).isZero();
        assertThat(stock.number("available")).isZero();
    }

    @Test
    void a_sold_out_sku_sells_again_as_soon_as_its_receipt_is_answered() throws Exception {
        var sku = platform.stocked(1);
        Buyers.all(CLIENTS, i -> platform.order("buyer-" + i, sku, 1));
        platform.post("/api/stock/%s/receipts".formatted(sku), Map.of("quantity", CLIENTS))
                .expect(201);
        assertThat(Buyers.outcomes(CLIENTS, i -> platform.order("buyer-" + i, sku, 1)))
                .isEqualTo(Map.of("CONFIRMED", (long) CLIENTS));
    }
}
