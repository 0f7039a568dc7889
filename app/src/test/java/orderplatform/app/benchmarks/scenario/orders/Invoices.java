package orderplatform.app.benchmarks.scenario.orders;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import orderplatform.app.benchmarks.load.Audit;
import orderplatform.app.benchmarks.load.Imported;
import orderplatform.app.benchmarks.load.InvoiceFile;
import orderplatform.app.benchmarks.load.Shop;
import orderplatform.app.benchmarks.process.Contender;
import orderplatform.app.benchmarks.process.Settings;
import orderplatform.app.benchmarks.result.Result;
import orderplatform.app.benchmarks.result.Rounds;
import orderplatform.app.benchmarks.scenario.Arena;
import orderplatform.app.benchmarks.scenario.Scenario;

/** B9: a shop's invoices imported over HTTP, lines per second, everything settled. */
public final class Invoices implements Scenario {

    private static final String UNIT = "lines/s";

    @Override
    public String key() {
        return "invoices";
    }

    @Override
    public String title() {
        return "B9: a shop's invoices imported over HTTP, everything settled, lines/s";
    }

    @Override
    public Result run(Arena arena) throws Exception {
        var result = new Result();
        var settings = arena.settings();
        var file = InvoiceFile.of(settings);
        var shops = new EnumMap<Contender, Shop>(Contender.class);
        for (var contender : settings.contendersOfFullRun()) {
            shops.put(contender, arena.shop(contender).another().startBooks(List.of()));
        }
        Map<Contender, Integer> imports = new EnumMap<>(Contender.class);
        var rounds = Rounds.alternate(settings.rounds(), settings.contendersOfFullRun(), contender -> {
            var number = imports.merge(contender, 1, Integer::sum);
            var stretch = contender == Contender.OURS ? file.large(number) : file.small(number);
            var imported = Imported.run(stretch, shops.get(contender).node(), Settings.CLIENTS);
            result.check(contender.key() + ": every invoice is settled", imported.complete());
            return imported.perSecond();
        });
        for (var contender : settings.contendersOfFullRun()) {
            result.figure(contender.key(), rounds.figure(contender, Double::doubleValue, UNIT));
        }
        result.atLeast("stock", 20, rounds.ratio(Contender.OURS, Contender.STOCK, Double::doubleValue))
                .ratio("tuned", rounds.ratio(Contender.OURS, Contender.TUNED, Double::doubleValue))
                .note(file.description());
        for (var contender : settings.contendersOfFullRun()) {
            result.checks(contender.key(), Audit.ofWhatIsThere(shops.get(contender)));
        }
        return result;
    }
}
