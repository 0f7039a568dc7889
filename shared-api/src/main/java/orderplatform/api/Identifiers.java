package orderplatform.api;

/** The one rule for identifiers that stand in URLs, stream names and Redis keys. */
public final class Identifiers {

    /** Letters, digits, dot, underscore and hyphen; starts with a letter or digit; at most 64 characters. */
    public static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    private static final int MAX_LENGTH = 64;

    private Identifiers() {}

    /** @throws IllegalArgumentException if the value does not match {@link #PATTERN} */
    public static void require(String what, String value) {
        if (!isIdentifier(value)) {
            throw new IllegalArgumentException("%s must match %s".formatted(what, PATTERN));
        }
    }

    /** By hand: all identifiers of all events that are read pass here. A stream of characters took a fifth of a replay's readers. */
    private static boolean isIdentifier(String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH || !isLetterOrDigit(value.charAt(0))) {
            return false;
        }
        for (int i = 1; i < value.length(); i++) {
            char character = value.charAt(i);
            if (!isLetterOrDigit(character) && character != '.' && character != '_' && character != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(int character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9');
    }
}
