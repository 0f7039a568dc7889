package orderplatform.api;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a stream on one of which a write was decided, as a caller names them in {@code If-Match}.
 *
 * @param any whether every version will do, as long as the stream has one
 * @param versions those that will do, else; an empty set is never met
 */
public record VersionCondition(boolean any, Set<Long> versions) {

    /** What is written to has to exist. */
    public static final VersionCondition EXISTS = new VersionCondition(true, Set.of());

    public VersionCondition {
        versions = Set.copyOf(versions);
    }

    public static VersionCondition oneOf(Set<Long> versions) {
        return new VersionCondition(false, versions);
    }

    public static VersionCondition version(long version) {
        return oneOf(Set.of(version));
    }

    /**
     * How a write fails the condition; empty if it does not, or if there is no condition.
     *
     * @param current version of the stream; null before its first event
     */
    public static Optional<StaleVersion> violation(@Nullable VersionCondition condition, @Nullable Long current) {
        return condition == null || condition.isMetBy(current)
                ? Optional.empty()
                : Optional.of(new StaleVersion(condition, current));
    }

    private boolean isMetBy(@Nullable Long current) {
        return current != null && (any || versions.contains(current));
    }
}
