package orderplatform.app.faults.checker;

import java.util.Set;
import orderplatform.app.faults.checker.trace.Facts;

/** Holds the facts against one or two invariants. */
interface Check {

    /** Their numbers; none if it only notes. */
    Set<Integer> invariants();

    void check(Facts facts, Verdict verdict) throws Exception;
}
