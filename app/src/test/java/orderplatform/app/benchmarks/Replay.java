package orderplatform.app.benchmarks;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.stream.StreamSupport;
import org.postgresql.PGConnection;
import tools.jackson.databind.JsonNode;

/** B3: replay of 1,000,000 events into a fresh orders projection. */
final class Replay implements Scenario {

    private static final String PROJECTION = "orders";
    private static final String UNIT = "events/s";
    private static final Duration POLL = Duration.ofMillis(20);

    @Override
    public String key() {
        return "replay";
    }

    @Override
    public String title() {
        return "B3: replay of the log into a fresh orders projection, events/s";
    }

    @Override
    public Result run(Arena arena) throws Exception {
        var result = new Result();
        var settings = arena.settings();
        var contenders = settings.contenders();
        var stands = new EnumMap<Contender, Stand>(Contender.class);
        for (var contender : contenders) {
            stands.put(contender, arena.loadedStand(contender, events(settings)));
            stands.get(contender).stop();
        }
        var rounds = Rounds.alternate(
                settings.rounds(), contenders, contender -> replay(stands.get(contender), result, settings));
        for (var contender : contenders) {
            result.figure(contender.key(), rounds.figure(contender, Double::doubleValue, UNIT));
        }
        double f4 = copyOutAndIn(stands.get(Contender.OURS).database());
        result.floor("F4", f4)
                .atLeast("stock", 100, rounds.ratio(Contender.OURS, Contender.STOCK, Double::doubleValue))
                .atLeast("tuned", 5, rounds.ratio(Contender.OURS, Contender.TUNED, Double::doubleValue))
                .atLeast("F4", 0.4, result.figures().get("ours").median() / f4)
                .note("%,d events; a contender that is not done within %d s is measured by how far it came."
                        .formatted(events(settings), atMost(settings).toSeconds()));
        return result;
    }

    static int events(Settings settings) {
        return settings.size(1_000_000, 100_000);
    }

    private static Duration atMost(Settings settings) {
        return Duration.ofSeconds(settings.size(90, 6));
    }

    /** Leaves the platform running where it is done. Events per second, counted from when the platform answers, because it starts to replay before that. */
    private static double replay(Stand stand, Result result, Settings settings) throws Exception {
        stand.stop();
        LogTable.of(stand.database()).forget(PROJECTION, stand.database());
        stand.database().execute("TRUNCATE " + ReadModel.TABLE, "CHECKPOINT");
        stand.start();
        try (var connection = stand.shop().connect(0)) {
            var first = progress(connection);
            var start = System.nanoTime();
            var now = first;
            while (now.path("lag").asLong() > 0
                    && System.nanoTime() - start < atMost(settings).toNanos()) {
                Thread.sleep(POLL);
                now = progress(connection);
            }
            var seconds = (System.nanoTime() - start) / 1e9;
            if (now.path("lag").asLong() == 0) {
                result.check("read model = fold of the events", isRight(stand.database()));
            } else {
                stand.stop();
            }
            return (now.path("position").asLong() - first.path("position").asLong()) / seconds;
        }
    }

    private static JsonNode progress(Connection connection) throws IOException {
        var readers = connection.get("/api/projections").expect(200).json();
        return StreamSupport.stream(readers.spliterator(), false)
                .filter(reader -> reader.path("name").asString().equals(PROJECTION))
                .findFirst()
                .orElseThrow();
    }

    /** Every order is a copy of one, so its row must be one too, but for the ids and positions. */
    private static boolean isRight(Database database) throws SQLException {
        var rows = database.number("SELECT count(*) FROM " + ReadModel.TABLE);
        var orders = LogTable.of(database).orders(database);
        var kinds = database.query("""
                SELECT DISTINCT (to_jsonb(v) - ARRAY['order_id', 'lines', 'position', 'placed_position'])::text FROM %s v""".formatted(ReadModel.TABLE), row -> row.getString(1));
        return rows == orders && kinds.size() == 1 && kinds.getFirst().contains("\"status\": \"CONFIRMED\"");
    }

    /** F4: the log out of the database, and the read model's rows into an empty table like it. */
    private static double copyOutAndIn(Database database) throws SQLException, IOException {
        var table = LogTable.of(database);
        database.execute(
                "DROP TABLE IF EXISTS copied",
                "CREATE TABLE copied (LIKE %s INCLUDING ALL)".formatted(ReadModel.TABLE),
                "CHECKPOINT");
        try (var connection = database.connect()) {
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            var rows = new StringWriter();
            copy.copyOut("COPY %s TO STDOUT".formatted(ReadModel.TABLE), rows);
            var start = System.nanoTime();
            copy.copyOut("COPY %s TO STDOUT".formatted(table.table()), Writer.nullWriter());
            copy.copyIn("COPY copied FROM STDIN", new StringReader(rows.toString()));
            var seconds = (System.nanoTime() - start) / 1e9;
            return (table.head(database) + 1) / seconds;
        }
    }
}
