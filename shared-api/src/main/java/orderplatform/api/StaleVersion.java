package orderplatform.api;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The writer named a stream version that is not the current one. */
public record StaleVersion(long expected, long actual) implements Rejection {

    private static final long NONE_YET = -1;

    /**
     * Empty where the writer named no version, or the current one.
     *
     * @param current null where there is no event yet
     */
    public static Optional<StaleVersion> of(@Nullable Long named, @Nullable Long current) {
        return named == null || named.equals(current)
                ? Optional.empty()
                : Optional.of(new StaleVersion(named, Objects.requireNonNullElse(current, NONE_YET)));
    }

    @Override
    public String code() {
        return "stale-version";
    }

    @Override
    public String detail() {
        return "The write was made from version %d, but the current version is %d.".formatted(expected, actual);
    }
}
