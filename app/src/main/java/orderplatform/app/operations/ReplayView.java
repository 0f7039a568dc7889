package orderplatform.app.operations;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import orderplatform.eventstore.replay.Comparison;
import orderplatform.eventstore.replay.Replay;
import org.jspecify.annotations.Nullable;

/**
 * A replay as it is shown.
 *
 * @param percent of the target; 100 if there is nothing to do
 * @param etaSeconds until the target is reached at this rate; none if that can't be told
 * @param failure where it failed
 * @param comparison of the new rows with the live ones, if there was one before the swap
 */
record ReplayView(
        UUID id,
        String projection,
        int version,
        @Nullable Long until,
        Replay.State state,
        long position,
        long target,
        long percent,
        long eventsPerSecond,
        @Nullable Long etaSeconds,
        Instant startedAt,
        @Nullable Instant finishedAt,
        Replay.@Nullable Failure failure,
        @Nullable Compared comparison) {

    /**
     * @param position that both had reached
     * @param equal whether the rows were
     */
    record Compared(long position, boolean equal, long rows, String checksum, long liveRows, String liveChecksum) {

        static Compared of(Comparison it) {
            return new Compared(
                    it.position(),
                    it.isEqual(),
                    it.built().rows(),
                    it.built().checksum(),
                    it.live().rows(),
                    it.live().checksum());
        }
    }

    private static final long ALL = 100;

    static ReplayView of(Replay it) {
        long events = it.target() + 1;
        long done = it.position() + 1;
        return new ReplayView(
                it.id(),
                it.projection(),
                it.version(),
                it.until(),
                it.state(),
                it.position(),
                it.target(),
                events <= 0 ? ALL : Math.min(ALL, ALL * done / events),
                it.eventsPerSecond(),
                it.isOver() || it.eventsPerSecond() == 0
                        ? null
                        : Math.ceilDiv(Math.max(0, events - done), it.eventsPerSecond()),
                it.startedAt(),
                it.finishedAt(),
                it.failure(),
                Optional.ofNullable(it.comparison()).map(Compared::of).orElse(null));
    }
}
