package orderplatform.api;

/**
 * What a command handler answers.
 *
 * @param <T> the state that the caller may want to see
 */
public sealed interface Outcome<T> {

    /**
     * The command took effect, now or when it was first sent.
     *
     * @param version of the stream, counted from 0 for its first event
     */
    record Accepted<T>(T state, long version) implements Outcome<T> {}

    /** The domain refused; nothing was appended. */
    record Refused<T>(Rejection rejection) implements Outcome<T> {}
}
