package orderplatform.eventstore.reader;

/** Says which readers this node may work for now. One that it may not is left to other nodes, and asked for again every second. */
@FunctionalInterface
public interface ClaimRule {

    /** In the transaction that claims a segment of the reader. */
    boolean mayClaim(String reader);
}
