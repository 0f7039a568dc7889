package orderplatform.app.benchmarks.scenario.log;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.List;
import orderplatform.app.benchmarks.process.Contender;
import orderplatform.app.benchmarks.process.Database;
import orderplatform.app.benchmarks.result.Result;
import orderplatform.app.benchmarks.result.Rounds;
import orderplatform.app.benchmarks.scenario.Arena;
import orderplatform.app.benchmarks.scenario.Pace;
import orderplatform.app.benchmarks.scenario.Scenario;
import orderplatform.app.benchmarks.scenario.Stand;
import org.postgresql.PGConnection;

/** B11: verification of the whole log against the reading of it. */
public final class Verification implements Scenario {

    private static final String OURS = "ours";
    private static final String FLOOR = "F6";
    private static final String UNIT = "events/s";

    @Override
    public String key() {
        return "verification";
    }

    @Override
    public String title() {
        return "B11: verification of the whole log over HTTP, events/s";
    }

    @Override
    public Result run(Arena arena) throws Exception {
        var result = new Result();
        var settings = arena.settings();
        var stand = arena.loadedStand(Contender.OURS, Replay.events(settings));
        if (!stand.isRunning()) {
            stand.start();
        }
        Pace.settle(stand.shop(), settings, () -> verify(stand, result));
        var rounds = Rounds.alternate(
                settings.rounds(),
                List.of(OURS, FLOOR),
                name -> name.equals(OURS) ? verify(stand, result) : read(stand.database()));
        result.figure(OURS, rounds.figure(OURS, Double::doubleValue, UNIT))
                .floor(FLOOR, rounds.figure(FLOOR, Double::doubleValue, UNIT).median())
                .atLeast(FLOOR, 0.5, rounds.ratio(OURS, FLOOR, Double::doubleValue))
                .note("%,d events in batches of 50.".formatted(Replay.events(settings)));
        stand.stop();
        return result;
    }

    private static double verify(Stand stand, Result result) throws IOException {
        try (var connection = stand.shop().connect(0)) {
            var start = System.nanoTime();
            var verdict = connection.get("/api/audit/verification").expect(200).json();
            var seconds = (System.nanoTime() - start) / 1e9;
            result.check("the log is whole", verdict.path("verified").asBoolean());
            return verdict.path("events").asLong() / seconds;
        }
    }

    /** F6: every row of the log out of the database, and nothing done with it. */
    private static double read(Database database) throws SQLException, IOException {
        try (var connection = database.connect()) {
            var start = System.nanoTime();
            long events = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY event_log.event TO STDOUT (FORMAT binary)", OutputStream.nullOutputStream());
            return events / ((System.nanoTime() - start) / 1e9);
        }
    }
}
