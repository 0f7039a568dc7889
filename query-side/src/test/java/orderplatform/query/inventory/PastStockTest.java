package orderplatform.query.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.IntStream;
import orderplatform.api.Sku;
import orderplatform.api.inventory.StockEvent;
import orderplatform.api.inventory.StockLevels;
import orderplatform.query.Events;
import orderplatform.query.QuerySideTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@QuerySideTest
class PastStockTest {

    private final Sku sku = new Sku("S" + UUID.randomUUID());

    @Autowired
    Events events;

    @Autowired
    MockMvcTester http;

    private MvcTestResult stock(String parameters) {
        return http.get().uri("/api/stock/{sku}" + parameters, sku.value()).exchange();
    }

    /** More than are read at once. */
    @Test
    void is_as_each_version_of_a_long_stream_left_it() {
        events.append(
                sku.stream(),
                0,
                new StockEvent.Received(sku, "receipt", 5_000, "Lantern", null, new StockLevels(5_000, 0, 0)));
        events.append(
                sku.stream(),
                1,
                IntStream.rangeClosed(1, 1_100)
                        .mapToObj(i -> new StockEvent.Adjusted(
                                sku, "count", 5_001L - i, 5_000L - i, "lost", new StockLevels(5_000L - i, 0, 0)))
                        .toArray());
        events.projectedTo("stock");

        for (int version : new int[] {0, 1, 999, 1_000, 1_001, 1_100}) {
            assertThat(stock("?asOfVersion=" + version)).bodyJson().isLenientlyEqualTo("""
                    {"sku":"%s","name":"Lantern","onHand":%d,"available":%2$d,"version":%d}""".formatted(
                            sku, 5_000 - version, version));
        }
        assertThat(stock("?asOfVersion=1101")).hasStatus(404);
        assertThat(stock("?asOf=2001-01-01T00:00:00Z")).hasStatus(404);
        assertThat(stock("?asOfVersion=x")).hasStatus(400);
    }
}
