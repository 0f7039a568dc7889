package orderplatform.eventstore.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a saga's row with the events of a batch.
 *
 * @param expected version of the row that the change was decided on; {@link #NO_ROW} if there was none
 * @param version of the row from now on
 * @param state as JSON; null if the saga is over
 * @param deadlines as JSON
 * @param due time of the first deadline; null if there is none. The row keeps an earlier time that is still to come
 */
public record SagaChange(
        String id,
        String type,
        long expected,
        long version,
        @Nullable String state,
        String deadlines,
        @Nullable Instant due) {

    /** Version of a saga that is not stored. */
    public static final long NO_ROW = -1;
}
