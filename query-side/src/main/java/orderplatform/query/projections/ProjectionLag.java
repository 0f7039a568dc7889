package orderplatform.query.projections;

import java.util.Optional;
import orderplatform.query.log.EventLog;

/** How many positions of the log a processor has still before it. */
public final class ProjectionLag {

    private final ProjectionPositions positions;
    private final EventLog log;

    public ProjectionLag(ProjectionPositions positions, EventLog log) {
        this.positions = positions;
        this.log = log;
    }

    /** Positions between the head and the processor, never below 0; NaN for one that never ran. */
    public double of(String projection) {
        Optional<ProjectionPosition> position = positions.all().stream()
                .filter(candidate -> candidate.name().equals(projection))
                .findFirst();
        return position.map(it -> (double) between(it.position(), log.head())).orElse(Double.NaN);
    }

    /** A processor that moved on after the head was read is not behind. */
    public static long between(long position, long head) {
        return Math.max(0, head - position);
    }
}
