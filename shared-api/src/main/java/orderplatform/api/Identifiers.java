package orderplatform.api;

import java.util.regex.Pattern;

/** The one rule for identifiers that stand in URLs, stream names and Redis keys. */
public final class Identifiers {

    /** Letters, digits, dot, underscore and hyphen; starts with a letter or digit; at most 64 characters. */
    public static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    private static final Pattern COMPILED = Pattern.compile(PATTERN);

    private Identifiers() {}

    /** @throws IllegalArgumentException where the value does not match {@link #PATTERN} */
    public static void require(String what, String value) {
        if (!COMPILED.matcher(value).matches()) {
            throw new IllegalArgumentException("%s must match %s".formatted(what, PATTERN));
        }
    }
}
