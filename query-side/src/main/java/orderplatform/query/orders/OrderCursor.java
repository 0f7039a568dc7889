package orderplatform.query.orders;

import orderplatform.query.web.Cursors;

/**
 * Where a page ended: the log position at which its last order was placed. Positions are unique and never change, so a
 * page neither repeats nor skips an order whatever happens between two pages.
 */
record OrderCursor(long placedPosition) {

    String encoded() {
        return Cursors.encoded(Long.toString(placedPosition));
    }

    /** @throws IllegalArgumentException if no page ever ended like that */
    static OrderCursor of(String encoded) {
        return new OrderCursor(Long.parseLong(Cursors.decoded(encoded)));
    }
}
