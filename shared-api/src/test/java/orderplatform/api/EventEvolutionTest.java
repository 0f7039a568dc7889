package orderplatform.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import orderplatform.api.EventCatalogue.Entry;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the log has from earlier versions stays readable, and what this one writes is readable to the version before. */
class EventEvolutionTest {

    @Test
    void every_event_has_the_shape_of_its_revision_golden_files_of_all_and_upcasts_between_them() throws Exception {
        assertThat(new EventEvolution(EventCatalogue.ENTRIES, EventCatalogue.UPCASTS, goldenFiles()).complaints())
                .isEmpty();
    }

    private static Map<String, String> goldenFiles() throws IOException, URISyntaxException {
        var folder = Path.of(EventEvolutionTest.class.getResource("/golden").toURI());
        var golden = new HashMap<String, String>();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                golden.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return golden;
    }

    /** The check itself, on an event that was {@code {"cup": 1}} at first. */
    @Nested
    class Complaints {

        record Poured(int cup, boolean hot) {}

        private static final String FIRST_SHAPE = "tea.poured 1 {cup: int}\n";
        private static final String SECOND_SHAPE = "tea.poured 2 {cup: int, hot: boolean}\n";
        private static final String FIRST = "{\"cup\": 1}";
        private static final String SECOND = "{\"cup\": 1, \"hot\": true}";
        private static final EventUpcast UPCAST = new EventUpcast("tea.poured", 1, poured -> poured.put("hot", true));

        private List<String> complaints(String revision, List<EventUpcast> upcasts, Map<String, String> golden) {
            return new EventEvolution(List.of(new Entry(Poured.class, "tea.poured", revision)), upcasts, golden)
                    .complaints();
        }

        @Test
        void nothing_is_said_of_a_change_that_was_made_well() {
            var golden = Map.of(
                    "shapes.txt", FIRST_SHAPE + SECOND_SHAPE,
                    "tea.poured.1.json", FIRST,
                    "tea.poured.2.json", SECOND);
            assertThat(complaints("2", List.of(UPCAST), golden)).isEmpty();
        }

        @Test
        void an_event_that_changed_under_its_old_revision() {
            var golden = Map.of("shapes.txt", FIRST_SHAPE, "tea.poured.1.json", FIRST);
            assertThat(complaints("1", List.of(), golden))
                    .singleElement()
                    .asString()
                    .contains("tea.poured has changed, and its revision has not", "Raise its revision to 2")
                    .contains("golden/tea.poured.2.json", "EventUpcast from 1", "docs/changing-an-event.md");
        }

        @Test
        void a_new_revision_without_its_files_and_its_upcast() {
            var golden = Map.of("shapes.txt", FIRST_SHAPE, "tea.poured.1.json", FIRST);
            assertThat(complaints("2", List.of(), golden))
                    .satisfiesExactly(
                            shape -> assertThat(shape).contains("Add the line \"" + SECOND_SHAPE.strip()),
                            upcast -> assertThat(upcast).contains("Add an EventUpcast of tea.poured from revision 1"),
                            example -> assertThat(example).contains("Add golden/tea.poured.2.json"));
        }

        @Test
        void a_golden_file_of_an_older_revision_that_is_gone() {
            var golden = Map.of("shapes.txt", SECOND_SHAPE, "tea.poured.2.json", SECOND);
            assertThat(complaints("2", List.of(UPCAST), golden))
                    .singleElement()
                    .asString()
                    .contains("Add golden/tea.poured.1.json");
        }

        @Test
        void an_upcast_to_what_the_class_can_not_be_read_from() {
            var golden = Map.of(
                    "shapes.txt", SECOND_SHAPE,
                    "tea.poured.1.json", FIRST,
                    "tea.poured.2.json", SECOND);
            var wrong = new EventUpcast("tea.poured", 1, poured -> poured.put("hot", "rather"));
            assertThat(complaints("2", List.of(wrong), golden))
                    .singleElement()
                    .asString()
                    .contains("What the upcasts make of golden/tea.poured.1.json is no Poured");
        }

        @Test
        void a_field_that_nodes_of_the_version_before_would_miss() {
            var golden = Map.of(
                    "shapes.txt", SECOND_SHAPE,
                    "tea.poured.1.json", "{\"cup\": 1, \"milk\": {\"drops\": 2}}",
                    "tea.poured.2.json", "{\"cup\": 1, \"hot\": true, \"milk\": {}}");
            assertThat(complaints("2", List.of(UPCAST), golden))
                    .singleElement()
                    .asString()
                    .contains("golden/tea.poured.2.json has no \"milk.drops\"", "another name");
        }
    }
}
