package orderplatform.command.web;

/** Where committed events stand in the log. The store of the log provides it. */
public interface LogPositions {

    /**
     * The log position of a committed event.
     *
     * @param version in the stream, counted from 0
     * @throws IllegalStateException if the stream has no such version
     */
    long of(String stream, long version);
}
