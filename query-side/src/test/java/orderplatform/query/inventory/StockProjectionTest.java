package orderplatform.query.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import orderplatform.api.Money;
import orderplatform.api.Sku;
import orderplatform.api.inventory.StockEvent;
import orderplatform.api.inventory.StockLevels;
import orderplatform.api.inventory.StockView;
import orderplatform.query.Events;
import orderplatform.query.Handling;
import orderplatform.query.QuerySideTest;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@QuerySideTest
class StockProjectionTest {

    private static final Money PRICE = new Money(255, "GBP");

    private final Sku sku = new Sku("S" + UUID.randomUUID());

    @Autowired
    Events events;

    @Autowired
    StockProjection projection;

    @Autowired
    Handling handling;

    @Autowired
    StockRows rows;

    @Autowired
    MockMvcTester http;

    private StockView view() {
        events.projectedTo("stock");
        return rows.findById(sku.value()).orElseThrow().view();
    }

    private StockEvent.Received received(String name, Money price, StockLevels levels) {
        return new StockEvent.Received(sku, "receipt", 1, name, price, levels);
    }

    @Test
    void shows_the_levels_of_the_last_event() {
        var orderId = Events.orderId();
        long position = events.append(
                sku.stream(),
                0,
                received("White metal lantern", PRICE, new StockLevels(10, 0, 0)),
                new StockEvent.Reserved(sku, orderId, 4, Instant.EPOCH, new StockLevels(10, 4, 0)),
                new StockEvent.Allocated(sku, orderId, 3, new StockLevels(10, 1, 3)),
                new StockEvent.Adjusted(sku, "count", 10, 9, "damaged", new StockLevels(9, 1, 3)));

        assertThat(view()).isEqualTo(new StockView(sku, "White metal lantern", PRICE, 9, 1, 3, 5, 3, position));
    }

    @Test
    void a_receipt_without_a_name_or_price_leaves_them() {
        events.append(
                sku.stream(),
                0,
                received("White metal lantern", PRICE, new StockLevels(10, 0, 0)),
                received(null, null, new StockLevels(11, 0, 0)));

        assertThat(view().name()).isEqualTo("White metal lantern");
        assertThat(view().listPrice()).isEqualTo(PRICE);
        assertThat(view().onHand()).isEqualTo(11);
    }

    @Test
    void a_refused_reservation_of_no_stream_and_an_unknown_sku_changes_nothing() {
        events.publish(new StockEvent.ReservationRejected(sku, Events.orderId(), "unknown-sku", 1, 0));
        events.projectedTo("stock");

        assertThat(rows.findById(sku.value())).isEmpty();
    }

    @Test
    void an_event_that_comes_again_changes_nothing() {
        var first = received("White metal lantern", PRICE, new StockLevels(10, 0, 0));
        events.append(sku.stream(), 0, first, received(null, null, new StockLevels(11, 0, 0)));
        StockView before = view();

        handling.together(() -> projection.on(first, 0L, new GlobalSequenceTrackingToken(1_000_000)));

        assertThat(view()).isEqualTo(before);
    }

    @Test
    void an_event_of_a_sku_without_a_row_is_an_error() {
        var adjusted = new StockEvent.Adjusted(sku, "count", 1, 0, "lost", StockLevels.NONE);

        var token = new GlobalSequenceTrackingToken(1);
        assertThatThrownBy(() -> handling.together(() -> projection.on(adjusted, 1L, token)))
                .hasMessageContaining("has no row");
    }

    @Test
    void answers_stock_with_its_version_as_etag() {
        events.append(sku.stream(), 0, received(null, null, new StockLevels(10, 2, 3)));
        events.projectedTo("stock");

        var answer = http.get().uri("/api/stock/{sku}", sku.value()).exchange();

        assertThat(answer).hasStatusOk().hasHeader("ETag", "\"0\"");
        assertThat(answer).bodyJson().isLenientlyEqualTo("""
                {"name":null,"onHand":10,"reserved":2,"allocated":3,"available":5,"version":0}""");
    }

    @Test
    void stock_that_is_not_there_is_a_problem() {
        assertThat(http.get().uri("/api/stock/{sku}", "$bad"))
                .hasStatus(404)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/stock-not-found");
        assertThat(http.get().uri("/api/stock/{sku}", "unknown")).hasStatus(404);
    }
}
