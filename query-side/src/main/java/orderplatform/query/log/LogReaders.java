package orderplatform.query.log;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import orderplatform.api.Problem;
import orderplatform.api.ProblemType;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * The callers that a stretch of the log is written to. Each takes the memory of the part that it has not taken yet, also
 * if it does not read at all, until the connection's time to write is over.
 */
@Component
class LogReaders {

    private static final int MAX_READERS = 64;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Semaphore places = new Semaphore(MAX_READERS);

    /**
     * Takes a place for as long as the current request lasts.
     *
     * @throws Problem 503 if none is left
     */
    void enter() {
        if (!places.tryAcquire()) {
            throw Problem.of(
                            ProblemType.BUSY,
                            "This node writes the log to no more than %d callers at once.".formatted(MAX_READERS))
                    .retryAfter(RETRY_AFTER);
        }
        RequestContextHolder.currentRequestAttributes()
                .registerDestructionCallback(
                        LogReaders.class.getName(), places::release, RequestAttributes.SCOPE_REQUEST);
    }
}
