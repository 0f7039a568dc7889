package orderplatform.app.faults.checker.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The evidence, read.
 *
 * @param log in the order of positions
 * @param calls in the order in which they were made
 * @param interruptions when a fault that may interrupt a node began, did so, or ended
 * @param ledger lines of the provider's books
 * @param published positions in the order in which they came out of the broker
 */
public record Facts(
        Evidence evidence,
        List<LogEvent> log,
        List<Call> calls,
        List<Instant> interruptions,
        List<JsonNode> ledger,
        List<Long> published) {

    /** Faults around which a node may not get to note what it did. */
    private static final Pattern INTERRUPTING =
            Pattern.compile("node-(killed.*|paused|cut-off)|postgres-(stopped|exhausted)");

    private static final String LOG = """
            SELECT position, stream, version, event_id::text, event_type, revision, stream_type, recorded_at,
                   payload::text, metadata::text
            FROM event_log.event ORDER BY position, version""";

    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    public static Facts of(Evidence evidence) throws IOException, SQLException {
        var history = lines(evidence.history());
        var answers = new HashMap<Long, JsonNode>();
        history.stream()
                .filter(line -> is(line, "answered"))
                .forEach(line -> answers.put(line.path("call").asLong(), line));
        return new Facts(
                evidence,
                query(evidence, LOG, LogEvent::of),
                history.stream()
                        .filter(line -> is(line, "asked"))
                        .map(line -> Call.of(line, answers))
                        .toList(),
                history.stream()
                        .filter(line -> is(line, "fault")
                                && INTERRUPTING
                                        .matcher(line.path("name").asString())
                                        .matches())
                        .map(line -> Instant.parse(line.path("at").asString()))
                        .toList(),
                lines(evidence.ledger()),
                lines(evidence.published()).stream()
                        .map(line -> line.path("position").asLong())
                        .toList());
    }

    private static boolean is(JsonNode line, String kind) {
        return line.path("kind").asString().equals(kind);
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.map(JsonMapper.shared()::readTree).toList();
        }
    }

    public <T> List<T> query(String sql, RowReader<T> reader) throws SQLException {
        return query(evidence, sql, reader);
    }

    private static <T> List<T> query(Evidence evidence, String sql, RowReader<T> reader) throws SQLException {
        var database = evidence.database();
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<T>();
            while (rows.next()) {
                found.add(reader.read(rows));
            }
            return found;
        }
    }

    /** Events of a type by what a field of theirs says. */
    public Map<String, List<LogEvent>> by(String type, String field) {
        var found = new HashMap<String, List<LogEvent>>();
        for (var event : log) {
            if (event.type().equals(type)) {
                found.computeIfAbsent(event.text(field), any -> new ArrayList<>())
                        .add(event);
            }
        }
        return found;
    }
}
