package orderplatform.eventstore.replay;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import orderplatform.eventstore.replay.Replay.State;

/** How far the replays are, on whichever node, and how those of this node ended. */
class ReplayMetrics {

    private final MeterRegistry meters;
    private final Map<String, AtomicLong> left = new ConcurrentHashMap<>();

    ReplayMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** @param positions that it has still before it */
    void left(String projection, long positions) {
        left.computeIfAbsent(projection, this::gauge).set(positions);
    }

    private AtomicLong gauge(String projection) {
        var value = new AtomicLong();
        Gauge.builder("eventstore.replay.left", value, AtomicLong::get)
                .description("Positions that a replay has still before it; 0 where there is none")
                .tag("projection", projection)
                .register(meters);
        return value;
    }

    void over(String projection, State outcome) {
        meters.counter(
                        "eventstore.replays",
                        "projection",
                        projection,
                        "outcome",
                        outcome.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
