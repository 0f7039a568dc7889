package orderplatform.query.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import orderplatform.api.orders.OrderId;
import orderplatform.query.Events;
import orderplatform.query.MemoryLog;
import orderplatform.query.QuerySideTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@QuerySideTest
class ProjectionControllerTest {

    @Autowired
    Events events;

    @Autowired
    MemoryLog log;

    @Autowired
    MockMvcTester http;

    @Autowired
    MeterRegistry meters;

    private long place() {
        OrderId orderId = Events.orderId();
        return events.append(orderId.stream(), 0, Events.placed(orderId, "17850", null));
    }

    @Test
    void tells_where_each_processor_stands_and_how_far_it_lags() {
        assertThat(http.get().uri("/api/projections"))
                .bodyJson()
                .extractingPath("$[*].name")
                .asArray()
                .containsExactly("orders", "relay", "revenue", "stock");

        place();
        events.projectedTo("orders");
        int head = (int) log.head();

        assertThat(http.get().uri("/api/projections"))
                .bodyJson()
                .extractingPath("$[0]")
                .isEqualTo(Map.of(
                        "name",
                        "orders",
                        "generation",
                        1,
                        "state",
                        "RUNNING",
                        "position",
                        head,
                        "head",
                        head,
                        "lag",
                        0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "revenue", "stock"})
    void lag_is_a_metric_of_each_projection(String projection) {
        place();
        events.projectedTo(projection);

        var gauge = meters.get("orderplatform.projection.lag").tag("projection", projection);

        assertThat(gauge.gauge().value()).isZero();
    }

    @Test
    void lag_is_the_distance_to_the_head_and_never_negative() {
        assertThat(ProjectionLag.between(3, 10)).isEqualTo(7);
        assertThat(ProjectionLag.between(11, 10)).isZero();
        assertThat(new ProjectionLag(log, log).of("unheard-of")).isNaN();
    }
}
