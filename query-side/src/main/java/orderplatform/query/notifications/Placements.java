package orderplatform.query.notifications;

import java.util.Optional;
import orderplatform.api.orders.Contact;
import orderplatform.api.orders.OrderId;
import orderplatform.query.log.EventLog;
import tools.jackson.databind.json.JsonMapper;

/**
 * The contacts of orders whose placement has not come by the queue: it is tried again behind a message that fails, or was
 * lost with a broker.
 */
class Placements {

    private final EventLog log;
    private final JsonMapper json;

    Placements(EventLog log, JsonMapper json) {
        this.log = log;
        this.json = json;
    }

    /** Empty if the log knows of no such order. */
    Optional<Contact> contact(OrderId orderId) {
        return log.read(-1, 1, OrderTold.PLACED, orderId.stream()).stream()
                .map(placed -> OrderTold.contact(json.valueToTree(placed.data())))
                .findFirst();
    }
}
