package orderplatform.app.importing;

/** The file is not what was promised; the message names the line. */
public final class MalformedFile extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedFile(long line, String what) {
        super("line %d: %s".formatted(line, what));
    }
}
