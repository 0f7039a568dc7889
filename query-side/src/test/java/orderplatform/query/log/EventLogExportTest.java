package orderplatform.query.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import orderplatform.api.orders.Contact;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.query.Events;
import orderplatform.query.QuerySideTest;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@QuerySideTest
@TestInstance(Lifecycle.PER_CLASS)
class EventLogExportTest {

    /** More than are read at once. */
    private static final int EVENTS = 1_500;

    private final OrderId orderId = Events.orderId();

    @Autowired
    Events events;

    @Autowired
    MockMvcTester http;

    @Autowired
    JsonMapper json;

    private long head;

    @BeforeAll
    void append() {
        events.append(
                orderId.stream(),
                0,
                Events.placed(orderId, "17850", new Contact("\"a,b\"@c.example", null)),
                new OrderEvent.StockAwaited(orderId));
        head = events.append(
                orderId.stream(),
                2,
                IntStream.range(2, EVENTS)
                        .mapToObj(i -> new OrderEvent.PaymentAwaited(orderId))
                        .toArray());
        events.projectedTo("orders");
    }

    private MvcTestResult export(String parameters) {
        return http.get()
                .uri("/api/events/export?stream={s}" + parameters, orderId.stream())
                .exchange();
    }

    private static List<String> lines(MvcTestResult answer) throws IOException {
        assertThat(answer).hasStatusOk();
        return answer.getResponse().getContentAsString().lines().toList();
    }

    @Test
    void every_event_is_a_line_as_the_log_shows_it() throws Exception {
        var lines = lines(export(""));

        assertThat(lines).hasSize(EVENTS);
        assertThat(lines.stream()
                        .map(json::readTree)
                        .map(event -> event.path("version").asInt()))
                .isEqualTo(IntStream.range(0, EVENTS).boxed().toList());
        var shown = http.get()
                .uri("/api/events?stream={s}&limit=1", orderId.stream())
                .exchange()
                .getResponse()
                .getContentAsString();
        assertThat(json.readTree(lines.getFirst()))
                .isEqualTo(json.readTree(shown).path("events").path(0));
    }

    @Test
    void a_table_has_the_same_events() throws Exception {
        var answer = export("&format=csv");

        assertThat(answer.getResponse().getContentType()).startsWith("text/csv");
        var lines = lines(export("")).stream().map(json::readTree).toList();
        try (var table = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(answer.getResponse().getContentAsString()))) {
            var records = table.getRecords();
            assertThat(records).hasSize(EVENTS);
            for (int i = 0; i < EVENTS; i += 499) {
                var event = lines.get(i);
                var values = records.get(i).toMap();
                assertThat(values.keySet()).containsExactlyInAnyOrderElementsOf(names(event));
                assertThat(values)
                        .containsEntry("position", event.path("position").toString());
                assertThat(values).containsEntry("type", event.path("type").asString());
                assertThat(json.readTree(values.get("data"))).isEqualTo(event.path("data"));
            }
        }
    }

    private static List<String> names(JsonNode event) {
        return event.propertyStream().map(java.util.Map.Entry::getKey).toList();
    }

    @Test
    void it_goes_on_where_it_broke_off_and_ends_where_it_should() throws Exception {
        var all = lines(export(""));
        long last = json.readTree(all.get(1_200)).path("position").asLong();

        assertThat(lines(export("&after=" + last))).isEqualTo(all.subList(1_201, EVENTS));
        assertThat(lines(export("&to=" + last))).isEqualTo(all.subList(0, 1_201));
        assertThat(lines(export("&after=" + head))).isEmpty();
        assertThat(lines(export("&type=order.stock-awaited"))).isEqualTo(all.subList(1, 2));
    }

    @ParameterizedTest
    @CsvSource({
        "format,&format=xml",
        "after,&after=-2",
        "to,&after=5&to=3",
        "type,&type=order.unheard-of",
        "proof,&proof=true"
    })
    void a_bad_filter_is_named(String field, String parameters) {
        var answer = export(parameters);

        assertThat(answer).hasStatus(400);
        assertThat(answer).bodyJson().extractingPath("$.errors[0].field").isEqualTo(field);
    }
}
