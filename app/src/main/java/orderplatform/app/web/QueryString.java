package orderplatform.app.web;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import orderplatform.api.Problem;
import orderplatform.api.Texts;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query as the caller wrote them. The container drops what it can't decode, and gives the first of two
 * parameters with one name; here both are faults.
 */
record QueryString(List<Parameter> parameters) {

    private static final int MAX_PARAMETERS = 50;
    private static final int SHOWN_NAME = 64;
    private static final String WHOLE = "query";

    /** @param value empty also if there is no equals sign */
    record Parameter(String name, String value) {}

    /**
     * @param query null for none
     * @throws Problem if a parameter can't be taken
     */
    static QueryString of(@Nullable String query) {
        var parameters = new ArrayList<Parameter>();
        for (var part : query == null || query.isEmpty() ? new String[0] : query.split("&", -1)) {
            if (parameters.size() == MAX_PARAMETERS) {
                throw malformed(WHOLE, "must have at most %d parameters".formatted(MAX_PARAMETERS));
            }
            int equals = part.indexOf('=');
            var name = decoded(WHOLE, equals < 0 ? part : part.substring(0, equals));
            if (name.isEmpty()) {
                throw malformed(WHOLE, "must name each parameter");
            }
            parameters.add(new Parameter(name, equals < 0 ? "" : decoded(name, part.substring(equals + 1))));
        }
        return new QueryString(parameters);
    }

    /** The decoder of the JDK puts a replacement in for what is no UTF-8, so it decodes bytes only. */
    private static String decoded(String name, String text) {
        try {
            var bytes = URLDecoder.decode(text, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
            var decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (Texts.isClean(decoded)) {
                return decoded;
            }
        } catch (CharacterCodingException | IllegalArgumentException notUtf8) {
            throw malformed(name, "must be UTF-8 in percent escapes");
        }
        throw malformed(name, "must have no control characters");
    }

    /** A name is the caller's, too. */
    private static Problem malformed(String name, String message) {
        return Problem.invalid(Texts.cleaned(name.substring(0, Math.min(name.length(), SHOWN_NAME))), message);
    }
}
