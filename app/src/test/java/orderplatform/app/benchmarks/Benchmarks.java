package orderplatform.app.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import orderplatform.app.benchmarks.process.Progress;
import orderplatform.app.benchmarks.process.Settings;
import orderplatform.app.benchmarks.result.Result;
import orderplatform.app.benchmarks.scenario.Arena;
import orderplatform.app.benchmarks.scenario.Scenario;
import orderplatform.app.benchmarks.scenario.log.Growth;
import orderplatform.app.benchmarks.scenario.log.Replay;
import orderplatform.app.benchmarks.scenario.log.ReplayUnderLoad;
import orderplatform.app.benchmarks.scenario.log.State;
import orderplatform.app.benchmarks.scenario.log.Verification;
import orderplatform.app.benchmarks.scenario.nodes.Nodes;
import orderplatform.app.benchmarks.scenario.nodes.Start;
import orderplatform.app.benchmarks.scenario.nodes.Warmup;
import orderplatform.app.benchmarks.scenario.nodes.WithoutRedis;
import orderplatform.app.benchmarks.scenario.orders.Bytes;
import orderplatform.app.benchmarks.scenario.orders.HotSku;
import orderplatform.app.benchmarks.scenario.orders.Invoices;
import orderplatform.app.benchmarks.scenario.orders.Latency;
import orderplatform.app.benchmarks.scenario.orders.Mixed;
import orderplatform.app.benchmarks.scenario.orders.Overload;
import orderplatform.app.benchmarks.scenario.orders.Query;
import orderplatform.app.benchmarks.scenario.orders.Throughput;
import orderplatform.app.benchmarks.scenario.orders.ThroughputWithContact;
import orderplatform.app.benchmarks.scenario.orders.Tuning;

/** Runs the scenarios, and writes the report after each. Ends with exit code 1 if a check failed. */
final class Benchmarks {

    private static final List<Scenario> SCENARIOS = List.of(
            new Throughput(),
            new ThroughputWithContact(),
            new Latency(),
            new Bytes(),
            new HotSku(),
            new Query(),
            new Invoices(),
            new Mixed(),
            new Replay(),
            new Verification(),
            new ReplayUnderLoad(),
            new Growth(),
            new Start(),
            new Warmup(),
            new Nodes(),
            new State(),
            new Overload(),
            new WithoutRedis(),
            new Tuning());

    private Benchmarks() {}

    public static void main(String[] args) throws Exception {
        var settings = Settings.fromSystemProperties();
        refuseUnknown(settings);
        Map<Scenario, Result> results = new LinkedHashMap<>();
        var arena = new Arena(settings);
        try (arena) {
            for (var scenario : SCENARIOS) {
                if (isWanted(scenario, settings)) {
                    results.put(scenario, run(scenario, arena));
                    Report.write(results, settings, arena.postgresql());
                }
            }
        }
        if (results.values().stream().allMatch(Result::passes)) {
            arena.cleanUp();
            System.exit(0);
        }
        System.exit(1);
    }

    private static void refuseUnknown(Settings settings) {
        var known = SCENARIOS.stream().map(Scenario::key).toList();
        if (!known.containsAll(settings.scenarios())) {
            System.err.println("-Dbench=%s: the scenarios are %s"
                    .formatted(String.join(",", settings.scenarios()), String.join(", ", known)));
            System.exit(1);
        }
    }

    private static boolean isWanted(Scenario scenario, Settings settings) {
        return settings.scenarios().isEmpty()
                ? isByItself(scenario, settings)
                : settings.scenarios().contains(scenario.key());
    }

    private static boolean isByItself(Scenario scenario, Settings settings) {
        return settings.quick() ? scenario.isQuick() : scenario.isPartOfAll();
    }

    private static Result run(Scenario scenario, Arena arena) {
        Progress.say("%s", scenario.title());
        try {
            return scenario.run(arena);
        } catch (Exception failed) {
            failed.printStackTrace();
            return new Result().check("ran to its end: " + failed, false);
        }
    }
}
