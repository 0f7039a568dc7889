package orderplatform.query.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import orderplatform.api.Texts;

/** Where a page ended, as text that says nothing to its reader and needs no escaping in an address. */
public final class Cursors {

    private Cursors() {}

    public static String encoded(String end) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(end.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IllegalArgumentException if no page ever ended like that */
    public static String decoded(String cursor) {
        try {
            var end = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor)))
                    .toString();
            if (Texts.isClean(end)) {
                return end;
            }
        } catch (CharacterCodingException notText) {
            throw new IllegalArgumentException(notText);
        }
        throw new IllegalArgumentException("no end of a page");
    }
}
