package orderplatform.app.faults.checker;

import java.util.List;

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
            new Readers());

    private Checker() {}

    public static Verdict check(Evidence evidence) throws Exception {
        var facts = Facts.of(evidence);
        var verdict = new Verdict();
        for (var check : CHECKS) {
            check.check(facts, verdict);
        }
        return verdict;
    }
}
