package orderplatform.app.faults.checker;

import java.util.List;
import java.util.stream.Stream;

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
            new Mistakes());
    private static final Check REPLAYS = new Replays();

    private Checker() {}

    public static Verdict check(Evidence evidence) throws Exception {
        return check(evidence, CHECKS);
    }

    /** Has the read models built anew, too. */
    public static Verdict checkWithReplays(Evidence evidence) throws Exception {
        return check(
                evidence, Stream.concat(CHECKS.stream(), Stream.of(REPLAYS)).toList());
    }

    /** Has the read models built anew, and judges nothing but that. */
    public static Verdict checkReplays(Evidence evidence) throws Exception {
        return check(evidence, List.of(REPLAYS));
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
