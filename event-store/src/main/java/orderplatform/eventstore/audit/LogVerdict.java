package orderplatform.eventstore.audit;

import org.jspecify.annotations.Nullable;

/**
 * What a verification has found.
 *
 * @param events that were read, up to the first break
 * @param batches that are whole
 * @param head position of the last event of the log when it began; -1 of an empty log
 * @param firstBroken null if nothing was changed
 */
public record LogVerdict(
        boolean verified,
        long events,
        long batches,
        long head,
        @Nullable Broken firstBroken) {

    /**
     * The first place that was changed. Nothing behind it is verified.
     *
     * @param position of the event, or the first one of the batch, that is not as it was
     */
    public record Broken(long position, String what) {}

    /** The same, if a signed checkpoint has shown that the log was changed. */
    public LogVerdict brokenAt(long position, String what) {
        return new LogVerdict(false, events, batches, head, new Broken(position, what));
    }
}
