package orderplatform.app.retail;

import orderplatform.api.Texts;

/** The file can't be imported; the message names the line, the column unless all columns are at fault, and the reason. */
public final class MalformedFile extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int MAX_QUOTED_CHARACTERS = 60;

    MalformedFile(long line, String what) {
        super("line " + line + ": " + what);
    }

    MalformedFile(long line, String column, String what) {
        this(line, column + " " + what);
    }

    /** @param value what stands there, of which the message quotes the beginning */
    MalformedFile(long line, String column, String value, String what) {
        this(line, column, "'%s' %s".formatted(quoted(value), what));
    }

    private static String quoted(String value) {
        return value.length() > MAX_QUOTED_CHARACTERS
                ? Texts.cleaned(value.substring(0, MAX_QUOTED_CHARACTERS)) + "..."
                : Texts.cleaned(value);
    }
}
