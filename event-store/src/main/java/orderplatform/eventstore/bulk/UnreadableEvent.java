package orderplatform.eventstore.bulk;

/** The payload of an event is not what its type says. */
public final class UnreadableEvent extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long position;
    private final String type;

    UnreadableEvent(long position, String type, Throwable cause) {
        super("Event %d of the log can't be read as a \"%s\"".formatted(position, type), cause);
        this.position = position;
        this.type = type;
    }

    public long position() {
        return position;
    }

    public String type() {
        return type;
    }
}
