package orderplatform.app.faults.checker;

import java.util.Set;
import orderplatform.app.faults.checker.trace.Facts;

/** No invariant, but worth knowing: answers by which the platform says that it made a mistake, rather than that something was gone. */
final class Mistakes implements Check {

    private static final int INTERNAL_ERROR = 500;

    @Override
    public Set<Integer> invariants() {
        return Set.of();
    }

    @Override
    public void check(Facts facts, Verdict verdict) {
        facts.calls().stream()
                .flatMap(call -> call.answer().stream())
                .filter(answer -> answer.status() == INTERNAL_ERROR)
                .forEach(answer -> verdict.noted("calls answered with 500"));
    }
}
