package orderplatform.query.history;

import java.time.Instant;
import orderplatform.api.Moment;

/**
 * An event of the log.
 *
 * @param payload of the class that the event catalogue has for it
 */
public record PastEvent(Object payload, long version, long position, Instant recordedAt) {

    public boolean isOf(Moment moment) {
        return moment.includes(version, recordedAt);
    }
}
