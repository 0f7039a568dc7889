package orderplatform.app.faults.checker;

import java.util.Set;

/** Holds the facts against one or two invariants. */
interface Check {

    /** Their numbers; none where it only notes. */
    Set<Integer> invariants();

    void check(Facts facts, Verdict verdict) throws Exception;
}
