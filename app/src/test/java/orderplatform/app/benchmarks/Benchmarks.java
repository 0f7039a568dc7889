package orderplatform.app.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the scenarios, and writes the report after each. Ends with exit code 1 where a check failed. */
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
                if (settings.wants(scenario)) {
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
