package orderplatform.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.axonframework.serialization.upcasting.event.InitialEventRepresentation;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether every revision that was ever written can be read, and the newest one by nodes of the version before. Each
 * complaint says what to do.
 *
 * @param golden content of the golden files by their names, {@code order.placed.2.json} and {@code shapes.txt}
 */
record EventEvolution(List<EventCatalogue.Entry> entries, List<EventUpcast> upcasts, Map<String, String> golden) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Serializer SERIALIZER = Jackson3Serializer.builder().build();
    private static final String GUIDE = " (docs/changing-an-event.md)";

    List<String> complaints() {
        return entries.stream().flatMap(this::complaints).toList();
    }

    private Stream<String> complaints(EventCatalogue.Entry entry) {
        var complaints = new ArrayList<String>();
        shape(entry).ifPresent(complaints::add);
        int newest = Integer.parseInt(entry.revision());
        for (int revision = 1; revision <= newest; revision++) {
            var file = file(entry, revision);
            if (!golden.containsKey(file)) {
                complaints.add(
                        "Add golden/%s, an example of what revision %d of %s is written as; those of older revisions stay"
                                .formatted(file, revision, entry.name()));
            } else if (revision < newest) {
                upcast(entry, revision).ifPresent(complaints::add);
                missing(entry, revision).ifPresent(complaints::add);
            }
        }
        return complaints.stream().map(complaint -> complaint + GUIDE);
    }

    private static String file(EventCatalogue.Entry entry, int revision) {
        return "%s.%d.json".formatted(entry.name(), revision);
    }

    private Optional<String> shape(EventCatalogue.Entry entry) {
        var key = "%s %s ".formatted(entry.name(), entry.revision());
        var now = EventShape.of(entry.type());
        var written = golden.getOrDefault("shapes.txt", "")
                .lines()
                .filter(line -> line.startsWith(key))
                .findFirst();
        if (written.isEmpty()) {
            return Optional.of("Add the line \"%s%s\" to golden/shapes.txt".formatted(key, now));
        }
        int next = Integer.parseInt(entry.revision()) + 1;
        return written.get().equals(key + now)
                ? Optional.empty()
                : Optional.of(
                        ("%s has changed, and its revision has not: it is %s, and was written as \"%s\". Raise its revision to %d in"
                                        + " EventCatalogue, and add golden/%s, its line in golden/shapes.txt, and an EventUpcast from %s")
                                .formatted(
                                        entry.name(), now, written.get(), next, file(entry, next), entry.revision()));
    }

    private Optional<String> upcast(EventCatalogue.Entry entry, int revision) {
        var event = new EventUpcasterChain(upcasts)
                .upcast(Stream.of(stored(entry, revision)))
                .findFirst()
                .orElseThrow();
        if (!entry.revision().equals(event.getType().getRevision())) {
            return Optional.of("Add an EventUpcast of %s from revision %s to EventCatalogue.UPCASTS"
                    .formatted(entry.name(), event.getType().getRevision()));
        }
        try {
            JSON.treeToValue(event.getData(JsonNode.class).getData(), entry.type());
            return Optional.empty();
        } catch (JacksonException unfit) {
            return Optional.of("What the upcasts make of golden/%s is no %s: %s"
                    .formatted(file(entry, revision), entry.type().getSimpleName(), unfit.getOriginalMessage()));
        }
    }

    private IntermediateEventRepresentation stored(EventCatalogue.Entry entry, int revision) {
        return new InitialEventRepresentation(
                new GenericDomainEventEntry<>(
                        "type",
                        "stream",
                        0,
                        "id",
                        "2010-12-01T08:26:00Z",
                        entry.name(),
                        Integer.toString(revision),
                        golden.get(file(entry, revision)),
                        "{}"),
                SERIALIZER);
    }

    /** Nodes of the version before look for what they know and leave alone what they don't. */
    private Optional<String> missing(EventCatalogue.Entry entry, int revision) {
        var newer = golden.get(file(entry, revision + 1));
        return Optional.ofNullable(newer)
                .flatMap(json -> missing(JSON.readTree(golden.get(file(entry, revision))), JSON.readTree(json), ""))
                .map(field ->
                        ("golden/%s has no \"%s\" of the kind that revision %d had: nodes of the version before can't read it."
                                        + " Keep it, or give the event another name")
                                .formatted(file(entry, revision + 1), field, revision));
    }

    private static Optional<String> missing(JsonNode older, JsonNode newer, String path) {
        if (older.isObject() && newer.isObject()) {
            return older.propertyStream()
                    .flatMap(field -> missing(
                            field.getValue(),
                            newer.path(field.getKey()),
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey())
                            .stream())
                    .findFirst();
        }
        if (older.isArray() && newer.isArray() && !older.isEmpty() && !newer.isEmpty()) {
            return missing(older.path(0), newer.path(0), path + "[]");
        }
        return older.isNull() && !newer.isMissingNode() || older.getNodeType() == newer.getNodeType()
                ? Optional.empty()
                : Optional.of(path);
    }
}
