package orderplatform.query.log;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import orderplatform.api.PersonalFields;
import orderplatform.api.RecordedEvent;
import orderplatform.eventstore.personal.PersonalTexts;
import org.springframework.stereotype.Component;

/** Opens the personal data in events, and leaves everything else unchanged. */
@Component
public class OpenedEvents {

    private final PersonalTexts personal;

    OpenedEvents(PersonalTexts personal) {
        this.personal = personal;
    }

    public RecordedEvent of(RecordedEvent event) {
        var data = event.data();
        var customer = String.valueOf(data.get("customerId"));
        for (var field : PersonalFields.of(event.type())) {
            data = changed(
                    data,
                    List.of(field.split("\\.")),
                    text -> personal.open(customer, field, text).shown());
        }
        return event.with(data);
    }

    @SuppressWarnings("unchecked") // JSON's objects have names
    private static Map<String, Object> changed(
            Map<String, Object> object, List<String> path, UnaryOperator<String> change) {
        var copy = new LinkedHashMap<>(object);
        copy.computeIfPresent(path.getFirst(), (name, value) -> switch (value) {
            case String text when path.size() == 1 -> change.apply(text);
            case Map<?, ?> inner
            when path.size() > 1 -> changed((Map<String, Object>) inner, path.subList(1, path.size()), change);
            default -> value;
        });
        return copy;
    }
}
