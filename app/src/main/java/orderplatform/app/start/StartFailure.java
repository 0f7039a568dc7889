package orderplatform.app.start;

import org.jspecify.annotations.Nullable;

/** The platform cannot start, and the operator can change that: the message is one line that says how. */
public final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StartFailure(String message) {
        this(message, null);
    }

    public StartFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
