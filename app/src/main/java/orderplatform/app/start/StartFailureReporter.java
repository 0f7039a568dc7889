package orderplatform.app.start;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Reports what the operator can mend in one line on standard error; everything else stays loud. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailureReporter implements SpringBootExceptionReporter {

    private final @Nullable ConfigurableApplicationContext context;

    /** Spring creates reporters with the context, which may not exist yet. */
    StartFailureReporter(@Nullable ConfigurableApplicationContext context) {
        this.context = context;
    }

    @Override
    public boolean reportException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartFailure known) {
                return report(known);
            }
            if (cause instanceof PortInUseException port && context != null) {
                return report(StartChecks.portInUse(port.getPort(), context.getEnvironment()));
            }
        }
        return false;
    }

    private static boolean report(StartFailure failure) {
        System.err.println("order-platform: " + failure.getMessage());
        return true;
    }
}
