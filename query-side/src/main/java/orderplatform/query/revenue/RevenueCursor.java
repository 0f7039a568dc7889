package orderplatform.query.revenue;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;
import orderplatform.api.revenue.RevenueQuery.Key;

/** Where a page ended, as text that says nothing to its reader. */
final class RevenueCursor {

    private static final int PARTS = 3;

    private RevenueCursor() {}

    static String encoded(Key last) {
        var text = "%s/%s/%s".formatted(last.day(), last.sku(), last.currency());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** @throws IllegalArgumentException where no page ever ended like that */
    static Key of(String encoded) {
        var parts = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.US_ASCII).split("/", -1);
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("no cursor");
        }
        return new Key(day(parts[0]), parts[1], parts[2]);
    }

    /** @throws IllegalArgumentException where it is no day, such as 2026-01-31 */
    static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }
}
