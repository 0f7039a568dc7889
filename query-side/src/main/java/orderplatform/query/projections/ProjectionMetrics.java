package orderplatform.query.projections;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Set;
import orderplatform.eventstore.projection.Projections;
import orderplatform.query.log.EventLog;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.stereotype.Component;

@Component
class ProjectionMetrics implements MeterBinder {

    private final Set<String> projections;
    private final ProjectionLag lag;

    ProjectionMetrics(ListableBeanFactory beans, ProjectionPositions positions, EventLog log) {
        projections = Projections.in(beans).keySet();
        lag = new ProjectionLag(positions, log);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        projections.forEach(projection -> Gauge.builder("orderplatform.projection.lag", lag, it -> it.of(projection))
                .description("Positions of the log that the projection has still before it")
                .tag("projection", projection)
                .register(registry));
    }
}
