package orderplatform.app.benchmarks.scenario.log;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import orderplatform.app.benchmarks.load.LogTable;
import orderplatform.app.benchmarks.load.ReadModel;
import orderplatform.app.benchmarks.process.Connection;
import orderplatform.app.benchmarks.process.Contender;
import orderplatform.app.benchmarks.process.Database;
import orderplatform.app.benchmarks.process.Settings;
import orderplatform.app.benchmarks.result.Figure;
import orderplatform.app.benchmarks.result.Result;
import orderplatform.app.benchmarks.result.Rounds;
import orderplatform.app.benchmarks.scenario.Arena;
import orderplatform.app.benchmarks.scenario.Pace;
import orderplatform.app.benchmarks.scenario.Scenario;
import orderplatform.app.benchmarks.scenario.Stand;
import org.postgresql.PGConnection;
import tools.jackson.databind.JsonNode;

/** B3: replay of 1,000,000 events into a fresh orders projection. */
public final class Replay implements Scenario {

    private static final String PROJECTION = "orders";
    private static final String OURS = "ours";
    private static final String FLOOR = "F4";
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
        var stands = new EnumMap<Contender, Stand>(Contender.class);
        for (var contender : settings.contendersOfFullRun()) {
            stands.put(contender, arena.loadedStand(contender, events(settings)));
            stands.get(contender).stop();
        }
        var ours = stands.get(Contender.OURS);
        ours.start();
        result.more("first after a start", Figure.of(rebuild(ours, result), UNIT));
        Pace.settle(ours.shop(), settings, () -> rebuild(ours, result));
        var names = Stream.concat(settings.contendersOfFullRun().stream().map(Contender::key), Stream.of(FLOOR))
                .toList();
        var rounds = Rounds.alternate(settings.rounds(), names, name -> switch (name) {
            case OURS -> rebuild(ours, result);
            case FLOOR -> copyOutAndIn(ours.database());
            default -> follow(stands.get(Contender.of(name)), result, settings);
        });
        for (var contender : settings.contendersOfFullRun()) {
            result.figure(contender.key(), rounds.figure(contender.key(), Double::doubleValue, UNIT));
        }
        result.floor(FLOOR, rounds.figure(FLOOR, Double::doubleValue, UNIT).median())
                .atLeast("stock", 100, rounds.ratio(OURS, Contender.STOCK.key(), Double::doubleValue))
                .atLeast("tuned", 5, rounds.ratio(OURS, Contender.TUNED.key(), Double::doubleValue))
                .atLeast(FLOOR, 0.4, rounds.ratio(OURS, FLOOR, Double::doubleValue))
                .note("%,d events; a peer that is not done within %d s is measured by how far it came."
                        .formatted(events(settings), atMost(settings).toSeconds()));
        return result;
    }

    static int events(Settings settings) {
        return settings.size(1_000_000, 50_000);
    }

    private static Duration atMost(Settings settings) {
        return Duration.ofSeconds(settings.size(90, 6));
    }

    /** From the call that asks for it until the new generation is live. */
    private static double rebuild(Stand stand, Result result) throws Exception {
        stand.database().execute("CHECKPOINT");
        try (var connection = stand.shop().connect(0)) {
            var start = System.nanoTime();
            var location = connection
                    .post("/api/projections/%s/replays".formatted(PROJECTION), "{}")
                    .expect(202)
                    .header("Location");
            var replay = connection.get(location).expect(200).json();
            while (replay.path("finishedAt").isNull()) {
                Thread.sleep(POLL);
                replay = connection.get(location).expect(200).json();
            }
            var seconds = (System.nanoTime() - start) / 1e9;
            result.check("the replay ends live", replay.path("state").asString().equals("SWAPPED"));
            result.check("read model = fold of the events", isRight(stand.database()));
            return (replay.path("position").asLong() + 1) / seconds;
        }
    }

    /** A peer follows the log from its start. Events per second, counted from when the platform answers, because it starts to replay before that. */
    private static double follow(Stand stand, Result result, Settings settings) throws Exception {
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
            }
            stand.stop();
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
