package orderplatform.app.importing;

import java.time.Duration;
import orderplatform.app.retail.Invoice;

/**
 * What became of an invoice as an order.
 *
 * @param rejection the code of a rejected order, else empty
 * @param took from the sending until it was settled, as the shop sees it
 */
record Outcome(Invoice invoice, String status, String rejection, Duration took) {

    boolean sold() {
        return status.equals("CONFIRMED") || wasCancelled();
    }

    /** Seen when an import runs a second time. */
    boolean wasCancelled() {
        return status.equals("CANCELLED");
    }

    boolean rejected() {
        return status.equals("REJECTED");
    }
}
