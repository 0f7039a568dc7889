package orderplatform.query.notifications;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import orderplatform.api.orders.Contact;
import orderplatform.api.orders.OrderId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where customers want to be told about each order; an order without a contact has an empty one. */
class Contacts {

    /** In one order for all, so that no two consumers wait for each other. */
    private static final String PUT = """
            INSERT INTO notification_contact (order_id, email, phone)
            SELECT * FROM unnest(:orderIds, :emails, :phones) AS given (order_id, email, phone) ORDER BY order_id
            ON CONFLICT (order_id) DO UPDATE SET email = excluded.email, phone = excluded.phone""";

    private static final String FIND = """
            SELECT order_id, email, phone FROM notification_contact WHERE order_id = ANY (:orderIds)""";

    private final JdbcClient jdbc;

    Contacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void put(Map<OrderId, Contact> byOrder) {
        if (byOrder.isEmpty()) {
            return;
        }
        jdbc.sql(PUT)
                .param("orderIds", texts(byOrder.keySet(), OrderId::value))
                .param("emails", texts(byOrder.values(), Contact::email))
                .param("phones", texts(byOrder.values(), Contact::phone))
                .update();
    }

    private static <T> @Nullable String[] texts(Collection<T> values, Function<T, @Nullable String> text) {
        return values.stream().map(text).toArray(String[]::new);
    }

    Optional<Contact> find(OrderId orderId) {
        return Optional.ofNullable(find(List.of(orderId)).get(orderId));
    }

    Map<OrderId, Contact> find(Collection<OrderId> orderIds) {
        var found = new HashMap<OrderId, Contact>();
        if (orderIds.isEmpty()) {
            return found;
        }
        jdbc.sql(FIND).param("orderIds", texts(orderIds, OrderId::value)).query(row -> {
            found.put(
                    new OrderId(row.getString("order_id")),
                    new Contact(row.getString("email"), row.getString("phone")));
        });
        return found;
    }
}
