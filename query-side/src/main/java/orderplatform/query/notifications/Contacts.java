package orderplatform.query.notifications;

import java.util.Optional;
import orderplatform.api.orders.Contact;
import orderplatform.api.orders.OrderId;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where customers want to be told about each order; an order without a contact has an empty one. */
class Contacts {

    private static final String PUT = """
            INSERT INTO notification_contact (order_id, email, phone) VALUES (:orderId, :email, :phone)
            ON CONFLICT (order_id) DO UPDATE SET email = excluded.email, phone = excluded.phone""";
    private static final String FIND = "SELECT email, phone FROM notification_contact WHERE order_id = :orderId";

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
        return jdbc.sql(FIND)
                .param("orderId", orderId.value())
                .query((row, number) -> new Contact(row.getString("email"), row.getString("phone")))
                .optional();
    }
}
