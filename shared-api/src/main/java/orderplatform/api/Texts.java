package orderplatform.api;

import java.util.stream.IntStream;

/**
 * Says which characters a text from outside may hold: every assigned character of Unicode, except control characters
 * ({@code \p{Cc}}, line breaks among them) and the characters that turn the direction of what follows.
 *
 * <p>The others break a log line, an e-mail or a JSON document, or show a text that is not the stored one. No method
 * throws.
 */
public final class Texts {

    private static final int REPLACEMENT_CHARACTER = 0xFFFD;

    /** U+061C, the marks U+200E and U+200F, the embeddings U+202A to U+202E, the isolates U+2066 to U+2069. */
    private static final String BIDIRECTIONAL_CONTROLS =
            "\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069";

    private Texts() {}

    /** Tells if a text holds only characters that a text may hold. */
    public static boolean isClean(String text) {
        return text.codePoints().allMatch(Texts::mayStand);
    }

    /** Returns the text with U+FFFD for each character that no text may hold: the same text if it is clean. */
    public static String cleaned(String text) {
        if (isClean(text)) {
            return text;
        }
        IntStream cleaned = text.codePoints().map(point -> mayStand(point) ? point : REPLACEMENT_CHARACTER);
        return cleaned.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean mayStand(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED -> false;
            default -> BIDIRECTIONAL_CONTROLS.indexOf(codePoint) < 0;
        };
    }
}
