package orderplatform.api;

import org.jspecify.annotations.Nullable;

/**
 * The writer named stream versions, and the current one is none of them.
 *
 * @param actual null before the stream's first event
 */
public record StaleVersion(
        VersionCondition expected, @Nullable Long actual) implements Rejection {

    @Override
    public ProblemType type() {
        return ProblemType.STALE_VERSION;
    }

    @Override
    public String detail() {
        return actual == null
                ? "If-Match asks for something that exists, and there is nothing yet."
                : "If-Match does not name the current version, which is \"%d\".".formatted(actual);
    }
}
