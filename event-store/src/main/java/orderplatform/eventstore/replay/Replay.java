package orderplatform.eventstore.replay;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A generation of a projection that is built beside the live one, and how far that is.
 *
 * @param version of the projection's code that builds it
 * @param until position at which it stops, not to become live; none if it becomes live
 * @param position of the last event that it has
 * @param target position that it has to reach, as far as is known now
 * @param eventsPerSecond positions per second of its work, since it began or was taken over
 * @param finishedAt when it was over, however; none while it is under way
 * @param comparison with the rows that it replaces; none before they are compared, and if they were made by another
 *     version or were not up to date
 */
public record Replay(
        UUID id,
        String projection,
        int version,
        @Nullable Long until,
        State state,
        long position,
        long target,
        long eventsPerSecond,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Failure failure,
        @Nullable Comparison comparison) {

    public enum State {
        RUNNING,
        PAUSED,
        /** Live. */
        SWAPPED,
        /** At the position that was asked for. */
        STOPPED,
        CANCELLED,
        FAILED
    }

    /**
     * Why it failed.
     *
     * @param position of the event that can't be handled, with its type; none if it was no event's fault
     */
    public record Failure(@Nullable Long position, @Nullable String type, String cause) {}

    public boolean isOver() {
        return finishedAt != null;
    }
}
