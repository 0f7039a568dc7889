package orderplatform.query.revenue;

import java.time.DateTimeException;
import java.time.LocalDate;
import orderplatform.api.Sku;
import orderplatform.api.revenue.RevenueQuery.Key;
import orderplatform.query.web.Cursors;
import orderplatform.query.web.Parameters;

/** The row that a page ended with. */
final class RevenueCursor {

    private static final int PARTS = 3;

    private RevenueCursor() {}

    static String encoded(Key last) {
        return Cursors.encoded("%s/%s/%s".formatted(last.day(), last.sku(), last.currency()));
    }

    /** @throws IllegalArgumentException if no page ever ended like that */
    static Key of(String encoded) {
        var parts = Cursors.decoded(encoded).split("/", -1);
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("no cursor");
        }
        return new Key(day(parts[0]), new Sku(parts[1]).value(), parts[2]);
    }

    /** @throws IllegalArgumentException if it is no day, such as 2026-01-31 */
    static LocalDate day(String text) {
        try {
            return Parameters.storable(LocalDate.parse(text));
        } catch (DateTimeException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }
}
