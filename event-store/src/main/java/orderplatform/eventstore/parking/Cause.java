package orderplatform.eventstore.parking;

import org.springframework.core.NestedExceptionUtils;

/** A failure as it is shown to operators. */
public final class Cause {

    private static final int MAX_LENGTH = 1_000;

    private Cause() {}

    /** Name and message of what it goes back to, in one line. */
    public static String line(Throwable failure) {
        var root = NestedExceptionUtils.getMostSpecificCause(failure);
        var line = "%s: %s"
                .formatted(root.getClass().getSimpleName(), root.getMessage())
                .replaceAll("[\\s\0]+", " ");
        return line.substring(0, Math.min(line.length(), MAX_LENGTH));
    }
}
