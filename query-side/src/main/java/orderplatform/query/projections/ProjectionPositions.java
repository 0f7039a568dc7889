package orderplatform.query.projections;

import java.util.List;

/**
 * Knows how far every processor of the log has come, on whichever node it runs. May be asked many times a second and
 * from many threads; throws unchecked exceptions if it can't know.
 */
public interface ProjectionPositions {

    /** Every processor that ever ran, the relay among them, by name. */
    List<ProjectionPosition> all();

    /**
     * Whether everything up to and including a log position is visible in a projection's committed rows.
     *
     * @param projection name of the processing group
     */
    boolean hasPassed(String projection, long position);
}
