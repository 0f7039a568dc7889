package orderplatform.app.simulation;

/** What can go wrong at a step. */
public enum Fault {
    /** A node dies with all that is in its memory, and a new one starts in its place some seconds later. */
    CRASH(400),
    /** A node stands still, for up to three times as long as its claim of a reader lasts. */
    STANDSTILL(500),
    /** A statement finds no database. */
    UNREACHABLE(150),
    /** A transaction is rolled back as it commits. */
    COMMIT_REFUSED(60),
    /** A transaction is committed, and nobody hears of it. */
    ANSWER_LOST(40),
    /** Other nodes are not told of a commit. */
    NOTIFICATION_LOST(3),
    /** A deadline fires before its time, as if a node's clock were ahead. */
    EARLY_DEADLINE(10),
    /** The provider does not hear of a step. */
    REQUEST_LOST(8),
    /** The provider does a step, and nobody hears of it. */
    OUTCOME_LOST(8),
    /** The provider does a step after its caller has given up. */
    LATE_SUCCESS(10),
    /** The provider takes longer than an order waits for its payment. */
    SLOW_PROVIDER(10),
    /** The provider calls back, once or twice, sooner or later. */
    CALLBACK(3),
    /** The broker takes some messages of a batch, not all. */
    NOT_CONFIRMED(15),
    /** A message comes twice. */
    DOUBLED(5),
    /** A message comes after one that was sent later. */
    REORDERED(5),
    /** A client's request or the answer to it is lost. */
    CALL_LOST(8);

    private final int oneIn;

    Fault(int oneIn) {
        this.oneIn = oneIn;
    }

    int oneIn() {
        return oneIn;
    }
}
