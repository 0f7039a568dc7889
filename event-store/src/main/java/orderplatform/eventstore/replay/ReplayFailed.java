package orderplatform.eventstore.replay;

/** A projection can't take an event. */
final class ReplayFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long position;
    private final String type;

    ReplayFailed(long position, String type, Throwable cause) {
        super("The replay failed at position %d, a \"%s\"".formatted(position, type), cause);
        this.position = position;
        this.type = type;
    }

    long position() {
        return position;
    }

    String type() {
        return type;
    }
}
