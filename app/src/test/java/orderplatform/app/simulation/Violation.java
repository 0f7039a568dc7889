package orderplatform.app.simulation;

import java.util.List;
import java.util.stream.Collectors;

/** A seed that shows something wrong, and what it takes to see it again. */
final class Violation extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final String rule;

    Violation(long seed, Throwable cause, List<Step> trace) {
        super(
                "%s%nReplay seed %d with -Dsimulation.seed=%d. Its steps:%n%s"
                        .formatted(
                                cause,
                                seed,
                                seed,
                                trace.stream().map(Step::toString).collect(Collectors.joining("\n"))),
                cause);
        this.rule = cause instanceof Rules.Broken broken ? broken.rule() : cause.toString();
    }

    String rule() {
        return rule;
    }
}
