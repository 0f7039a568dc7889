package orderplatform.api;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the fields of each event that hold {@link PersonalData}. */
public final class PersonalFields {

    private static final Map<String, List<String>> BY_EVENT = EventCatalogue.ENTRIES.stream()
            .collect(Collectors.toUnmodifiableMap(
                    EventCatalogue.Entry::name, entry -> in(entry.type()).toList()));

    private PersonalFields() {}

    /**
     * Paths from the event's JSON, with a dot between a field and one within it, such as {@code contact.email}.
     *
     * @param event logical name; one that the catalogue does not have holds none that is known
     */
    public static List<String> of(String event) {
        return BY_EVENT.getOrDefault(event, List.of());
    }

    private static Stream<String> in(Class<?> type) {
        return type.isRecord() ? Stream.of(type.getRecordComponents()).flatMap(PersonalFields::in) : Stream.of();
    }

    private static Stream<String> in(RecordComponent field) {
        return field.isAnnotationPresent(PersonalData.class)
                ? Stream.of(field.getName())
                : in(field.getType()).map((field.getName() + ".")::concat);
    }
}
