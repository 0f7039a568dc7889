package orderplatform.query.orders;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import orderplatform.api.orders.OrderDiff;
import orderplatform.api.orders.OrderDiff.Change;
import orderplatform.api.orders.OrderView;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares what is shown of an order, field by field. */
@Component
class OrderDifferences {

    private final JsonMapper json;

    OrderDifferences(JsonMapper json) {
        this.json = json;
    }

    OrderDiff between(OrderView from, OrderView to) {
        var before = fields(from);
        var after = fields(to);
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        var changes = names.stream()
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .map(name -> new Change(name, before.get(name), after.get(name)))
                .toList();
        return new OrderDiff(from.orderId(), from.version(), to.version(), changes);
    }

    private Map<String, JsonNode> fields(OrderView order) {
        var fields = new TreeMap<String, JsonNode>();
        json.valueToTree(order).properties().forEach(field -> collect(field.getKey(), field.getValue(), fields));
        return fields;
    }

    /** A list is one field: its elements have no names to compare by. */
    private static void collect(String name, JsonNode value, Map<String, JsonNode> fields) {
        if (value.isObject()) {
            value.properties()
                    .forEach(field -> collect("%s.%s".formatted(name, field.getKey()), field.getValue(), fields));
        } else if (!value.isNull()) {
            fields.put(name, value);
        }
    }
}
