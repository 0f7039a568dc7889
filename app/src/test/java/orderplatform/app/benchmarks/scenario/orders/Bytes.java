package orderplatform.app.benchmarks.scenario.orders;

import orderplatform.app.benchmarks.floor.ByHand;
import orderplatform.app.benchmarks.floor.Floors;
import orderplatform.app.benchmarks.load.Audit;
import orderplatform.app.benchmarks.process.Contender;
import orderplatform.app.benchmarks.result.Result;
import orderplatform.app.benchmarks.result.Round;
import orderplatform.app.benchmarks.result.Rounds;
import orderplatform.app.benchmarks.scenario.Arena;
import orderplatform.app.benchmarks.scenario.Scenario;

/** B6: bytes of write-ahead log and of tables per order. */
public final class Bytes implements Scenario {

    private static final String UNIT = "bytes/order";

    @Override
    public String key() {
        return "bytes";
    }

    @Override
    public String title() {
        return "B6: WAL bytes per order, and table bytes beside";
    }

    @Override
    public Result run(Arena arena) throws Exception {
        var result = new Result();
        arena.shops();
        arena.byHand();
        var rounds = Rounds.alternate(arena.settings().rounds(), arena.names(), name -> {
            if (!name.equals(ByHand.NAME)) {
                arena.shop(Contender.of(name)).awaitQuiet();
            }
            return arena.place(name);
        });
        for (var contender : arena.settings().contenders()) {
            var name = contender.key();
            result.figure(name, rounds.figure(name, Round::walPerOrder, UNIT))
                    .more("tables, " + name, rounds.figure(name, Round::tablesPerOrder, UNIT));
        }
        var floor = Floors.beside(arena.shop(Contender.OURS), arena.settings()).bytesPerBatch();
        var wal = result.figures().get("ours").median();
        result.more(ByHand.NAME, rounds.figure(ByHand.NAME, Round::walPerOrder, UNIT))
                .more("tables, F7", rounds.figure(ByHand.NAME, Round::tablesPerOrder, UNIT))
                .floor("F1b", floor.wal())
                .floor("F1b, table", floor.table())
                .floor(
                        ByHand.NAME,
                        rounds.figure(ByHand.NAME, Round::walPerOrder, UNIT).median())
                .atMost("bytes of WAL", 9_500, wal)
                .atMost(ByHand.NAME, 1.3, rounds.ratio("ours", ByHand.NAME, Round::walPerOrder))
                .ratio("F1b", wal / floor.wal())
                .ratio("F1b, tables", result.more().get("tables, ours").median() / floor.table())
                .ratio("stock", rounds.ratio("ours", "stock", Round::walPerOrder))
                .ratio("tuned", rounds.ratio("ours", "tuned", Round::walPerOrder))
                .checks(ByHand.NAME, arena.byHand().checks())
                .note(
                        "Everything that an order leaves counts: log, sagas, tokens, read models, keys; the floor is the log alone.")
                .note("No checkpoint falls between: its full pages are the same for few orders and for many.");
        for (var contender : arena.settings().contenders()) {
            result.checks(contender.key(), Audit.of(arena.shop(contender)));
        }
        return result;
    }
}
