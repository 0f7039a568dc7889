package orderplatform.query.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a page ended, as text that says nothing to its reader and needs no escaping in an address. */
public final class Cursors {

    private Cursors() {}

    public static String encoded(String end) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(end.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IllegalArgumentException where no page ever ended like that */
    public static String decoded(String cursor) {
        return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    }
}
