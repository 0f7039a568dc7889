package orderplatform.query.orders;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a page ended: the log position at which its last order was placed. Positions are unique and never change, so a
 * page neither repeats nor skips an order whatever happens between two pages.
 */
record OrderCursor(long placedPosition) {

    String encoded() {
        byte[] bytes = Long.toString(placedPosition).getBytes(StandardCharsets.US_ASCII);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** @throws IllegalArgumentException where no page ever ended like that */
    static OrderCursor of(String encoded) {
        byte[] bytes = Base64.getUrlDecoder().decode(encoded);
        return new OrderCursor(Long.parseLong(new String(bytes, StandardCharsets.US_ASCII)));
    }
}
