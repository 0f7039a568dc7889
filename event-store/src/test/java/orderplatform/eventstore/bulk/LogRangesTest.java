package orderplatform.eventstore.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import orderplatform.eventstore.Database;
import orderplatform.eventstore.Purse;
import orderplatform.eventstore.TestNode;
import orderplatform.eventstore.log.PostgresEventStorageEngine;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A log whose first event is of revision 0, when an amount was called pence; today's events have no revision. */
class LogRangesTest {

    private static final String TYPE = Purse.PutInDone.class.getName();
    private static final UUID FIRST = UUID.randomUUID();

    private final Database database = Database.create();
    private final List<SimpleSerializedType> asked = new ArrayList<>();

    private final class PenceToAmount extends SingleEventUpcaster {

        @Override
        protected boolean canUpcast(IntermediateEventRepresentation event) {
            asked.add((SimpleSerializedType) event.getType());
            return true;
        }

        @Override
        protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
            return event.upcastPayload(new SimpleSerializedType(TYPE, null), JsonNode.class, json -> {
                var put = (ObjectNode) json;
                return put.put("amount", put.required("pence").asLong());
            });
        }
    }

    private List<? extends EventMessage<?>> read(String first) {
        new JdbcTemplate(database.owner()).update("""
                WITH tail AS (UPDATE event_log.tail SET position = 0)
                INSERT INTO event_log.event VALUES
                    (0, 'purse-1', 0, ?, ?, '0', 'Purse', now(), ?::json, '{"actor":"nobody"}')""", FIRST, TYPE, first);
        try (var node = TestNode.on(database)) {
            node.sendAndWait(new Purse.PutIn("purse-2", 7));
            var ranges = new LogRanges(
                    node.bean(PostgresEventStorageEngine.class),
                    new LogCopy(database.application()),
                    Jackson3Serializer.builder().build(),
                    new PenceToAmount());
            var events = ranges.read(-1, 1, List.of(TYPE));
            assertThat(events.getFirst().getIdentifier()).isEqualTo(FIRST.toString());
            assertThat(events.getFirst().getMetaData()).containsEntry("actor", "nobody");
            return events;
        }
    }

    @Test
    void events_of_an_older_revision_are_upcast_and_those_of_the_newest_are_not_even_looked_at() {
        var events = read("{\"purse\":\"purse-1\",\"pence\":5}");

        assertThat(events)
                .<Object>extracting(EventMessage::getPayload)
                .containsExactly(new Purse.PutInDone("purse-1", 5), new Purse.PutInDone("purse-2", 7));
        assertThat(asked).containsExactly(new SimpleSerializedType(TYPE, "0"));
    }

    @Test
    void an_event_that_can_not_be_upcast_is_named() {
        assertThatThrownBy(() -> read("{\"purse\":\"purse-1\"}"))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining("Event 0 of the log can't be read as a \"" + TYPE);
    }
}
