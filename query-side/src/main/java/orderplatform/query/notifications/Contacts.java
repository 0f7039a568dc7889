package orderplatform.query.notifications;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orderplatform.api.orders.Contact;
import orderplatform.api.orders.OrderId;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where customers want to be told about each order; an order without a contact has an empty one. */
class Contacts {

    private static final String PUT = """
            INSERT INTO notification_contact (order_id, email, phone) VALUES (:orderId, :email, :phone)
            ON CONFLICT (order_id) DO UPDATE SET email = excluded.email, phone = excluded.phone""";
    private static final String FIND = """
            SELECT order_id, email, phone FROM notification_contact WHERE order_id = ANY (:orderIds)""";

    private final JdbcClient jdbc;

    Contacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void put(OrderId orderId, Contact contact) {
        jdbc.sql(PUT)
                .param("orderId", orderId.value())
                .param("email", contact.email())
                .param("phone", contact.phone())
                .update();
    }

    Optional<Contact> find(OrderId orderId) {
        return Optional.ofNullable(find(List.of(orderId)).get(orderId));
    }

    Map<OrderId, Contact> find(Collection<OrderId> orderIds) {
        var found = new HashMap<OrderId, Contact>();
        jdbc.sql(FIND)
                .param("orderIds", orderIds.stream().map(OrderId::value).toArray(String[]::new))
                .query(row -> {
                    found.put(
                            new OrderId(row.getString("order_id")),
                            new Contact(row.getString("email"), row.getString("phone")));
                });
        return found;
    }
}
