package orderplatform.eventstore.commit;

/**
 * Lets the nodes that write to the same stream take turns instead of running into each other. One turn is one batch with
 * everything that waits for the stream on this node. A turn that is not had costs time, never correctness.
 */
public interface StreamTurns {

    /** No stream is that busy. */
    StreamTurns NONE = new StreamTurns() {
        @Override
        public boolean isHot(String stream) {
            return false;
        }

        @Override
        public Turn take(String stream) {
            return () -> {};
        }
    };

    /** Whether turns are taken for the stream now. Asked once per command, so it has to be cheap. */
    boolean isHot(String stream);

    /** Waits for this node's turn, for a bounded time; goes on without it where it can't be had. */
    Turn take(String stream);

    /** Told of every conflict, because it is a sign of heat. */
    default void conflicted(String stream) {}

    /** Ends with {@link #close}, after the batch is committed. */
    interface Turn extends AutoCloseable {

        @Override
        void close();
    }
}
