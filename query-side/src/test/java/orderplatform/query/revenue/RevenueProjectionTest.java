package orderplatform.query.revenue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.TreeMap;
import orderplatform.api.Money;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.eventstore.fixture.ProjectionFixture;
import orderplatform.query.Events;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RevenueProjectionTest {

    private static final Instant DAY = Instant.parse("2026-01-31T23:59:59Z");
    private static final OrderId ORDER = new OrderId("o-1");
    private static final String LINES =
            "\"[{\"\"sku\"\": \"\"85123A\"\", \"\"amount\"\": 1530, \"\"quantity\"\": 6}, {\"\"sku\"\": \"\"71053\"\", \"\"amount\"\": 339, \"\"quantity\"\": 1}]\"";

    private final ProjectionFixture fixture = ProjectionFixture.of(
                    dataSource -> new RevenueProjection(dataSource, JsonMapper.shared()), "classpath:db/migration")
            .given(ORDER.stream(), DAY, Events.placed(ORDER, "17850", null));

    @Test
    void a_placed_order_brings_in_nothing_yet() {
        assertThat(fixture.rows()).containsExactly("(o-1,,GBP,%s)".formatted(LINES));
    }

    @Test
    void it_counts_on_the_day_on_which_it_was_confirmed() {
        fixture.given(ORDER.stream(), DAY.plusSeconds(1), new OrderEvent.Confirmed(ORDER));

        assertThat(fixture.rows()).containsExactly("(o-1,2026-02-01,GBP,%s)".formatted(LINES));
    }

    @Test
    void one_that_is_cancelled_counts_no_more() {
        fixture.given(
                ORDER.stream(),
                DAY,
                new OrderEvent.Confirmed(ORDER),
                new OrderEvent.Cancelled(ORDER, "no", true, new TreeMap<>(), new Money(1869, "GBP")));

        assertThat(fixture.rows()).containsExactly("(o-1,,GBP,%s)".formatted(LINES));
    }

    @Test
    void an_event_of_an_order_without_a_row_is_an_error() {
        var other = new OrderId("o-2");
        fixture.given(other.stream(), DAY, new OrderEvent.Confirmed(other));

        assertThatThrownBy(fixture::rows).hasRootCauseMessage("Order o-2 has no row");
    }
}
