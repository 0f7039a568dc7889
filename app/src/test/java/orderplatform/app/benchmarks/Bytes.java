package orderplatform.app.benchmarks;

/** B6: bytes of write-ahead log and of tables per order. */
final class Bytes implements Scenario {

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
        var rounds =
                Rounds.alternate(arena.settings().rounds(), arena.settings().contenders(), contender -> {
                    var shop = arena.shop(contender);
                    shop.awaitQuiet();
                    return shop.place(Settings.CLIENTS, arena.pace(contender), Shop::anySku);
                });
        for (var contender : arena.settings().contenders()) {
            result.figure(contender.key(), rounds.figure(contender, Round::walPerOrder, UNIT))
                    .more("tables, " + contender.key(), rounds.figure(contender, Round::tablesPerOrder, UNIT));
        }
        var floor = Floors.beside(arena.shop(Contender.OURS), arena.settings()).bytesPerBatch();
        result.floor("F1b", floor.wal())
                .floor("F1b, table", floor.table())
                .atMost("F1b", 1.3, result.figures().get("ours").median() / floor.wal())
                .atMost("F1b, tables", 1.3, result.more().get("tables, ours").median() / floor.table())
                .ratio("stock", rounds.ratio(Contender.OURS, Contender.STOCK, Round::walPerOrder))
                .ratio("tuned", rounds.ratio(Contender.OURS, Contender.TUNED, Round::walPerOrder))
                .note(
                        "Everything that an order leaves counts: log, sagas, tokens, read models, keys; the floor is the log alone.")
                .note("No checkpoint falls between: its full pages are the same for few orders and for many.");
        for (var contender : arena.settings().contenders()) {
            result.checks(contender.key(), Audit.of(arena.shop(contender)));
        }
        return result;
    }
}
