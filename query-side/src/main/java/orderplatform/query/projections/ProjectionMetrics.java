package orderplatform.query.projections;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import orderplatform.query.log.EventLog;
import org.springframework.stereotype.Component;

@Component
class ProjectionMetrics implements MeterBinder {

    private static final List<String> PROJECTIONS = List.of("orders", "stock");

    private final ProjectionLag lag;

    ProjectionMetrics(ProjectionPositions positions, EventLog log) {
        lag = new ProjectionLag(positions, log);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        PROJECTIONS.forEach(projection -> Gauge.builder("orderplatform.projection.lag", lag, it -> it.of(projection))
                .description("Positions of the log that the projection has still before it")
                .tag("projection", projection)
                .register(registry));
    }
}
