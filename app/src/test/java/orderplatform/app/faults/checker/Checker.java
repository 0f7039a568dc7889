package orderplatform.app.faults.checker;

import java.util.List;
import orderplatform.app.faults.checker.trace.Evidence;
import orderplatform.app.faults.checker.trace.Facts;

/** Holds the traces of a run, which has come to rest, against the invariants. */
public final class Checker {

    private static final List<Check> CHECKS = List.of(
            new Writes(),
            new Positions(),
            new Stock(),
            new Money(),
            new Effects(),
            new Tokens(),
            new Ends(),
            new Chain(),
            new Readers(),
            new Mistakes(),
            new Replays());

    private Checker() {}

    /** Rebuilds the read models, too. */
    public static Verdict check(Evidence evidence) throws Exception {
        return check(evidence, CHECKS);
    }

    /** Judges this invariant, and what is looked at with it. */
    public static Verdict check(Evidence evidence, int invariant) throws Exception {
        return check(
                evidence,
                CHECKS.stream()
                        .filter(check -> check.invariants().contains(invariant))
                        .toList());
    }

    private static Verdict check(Evidence evidence, List<Check> checks) throws Exception {
        var facts = Facts.of(evidence);
        var verdict = new Verdict();
        for (var check : checks) {
            check.check(facts, verdict);
        }
        return verdict;
    }
}
