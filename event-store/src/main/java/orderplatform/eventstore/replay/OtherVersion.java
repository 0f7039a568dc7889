package orderplatform.eventstore.replay;

/** Another version of a projection's code built the generation, and only a node of that version can go on with it. */
public final class OtherVersion extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int version;

    OtherVersion(String projection, int version) {
        super("the generation of %s was built by version %d".formatted(projection, version));
        this.version = version;
    }

    public int version() {
        return version;
    }
}
