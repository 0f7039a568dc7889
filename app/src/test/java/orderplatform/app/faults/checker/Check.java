package orderplatform.app.faults.checker;

/** Holds the facts against one or two invariants. */
interface Check {

    void check(Facts facts, Verdict verdict) throws Exception;
}
