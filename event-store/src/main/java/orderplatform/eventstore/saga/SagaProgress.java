package orderplatform.eventstore.saga;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a saga tells operators about itself. */
public interface SagaProgress {

    /** What the saga waits for, in one word. */
    String waitingFor();

    /** When the business that the saga is about began; null if the saga does not know. */
    @Nullable
    Instant since();
}
