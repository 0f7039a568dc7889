package orderplatform.app.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import orderplatform.app.benchmarks.process.Progress;
import orderplatform.app.benchmarks.process.Settings;
import orderplatform.app.benchmarks.result.Result;
import orderplatform.app.benchmarks.result.Rounding;
import orderplatform.app.benchmarks.scenario.Scenario;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The report for machines; {@link Page} is the one for people. */
final class Report {

    private Report() {}

    static void write(Map<Scenario, Result> results, Settings settings, String postgresql) throws IOException {
        var machine = Machine.describe(settings, postgresql);
        var scenarios = new LinkedHashMap<String, Object>();
        results.forEach((scenario, result) -> scenarios.put(scenario.key(), json(result)));
        var report = new LinkedHashMap<String, Object>();
        report.put("machine", machine);
        report.put("scenarios", scenarios);
        report.put("pass", results.values().stream().allMatch(Result::passes));
        var json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.createDirectories(settings.output());
        Files.writeString(settings.output().resolve("report.json"), json.writeValueAsString(report));
        Files.writeString(settings.output().resolve("report.md"), Page.of(machine, results));
        Progress.say("report: %s", settings.output().resolve("report.md"));
    }

    private static Map<String, Object> json(Result result) {
        var json = new LinkedHashMap<String, Object>();
        result.figures().forEach((name, figure) -> json.put(name, figure.toJson()));
        json.put("floors", rounded(result.floors()));
        json.put("ratios", rounded(result.ratios()));
        json.put("targets", result.targets().stream().map(Report::json).toList());
        json.put("cpuSecondsPerOrder", nested(result.cpu()));
        var more = new LinkedHashMap<String, Object>();
        result.more().forEach((name, figure) -> more.put(name, figure.toJson()));
        json.put("more", more);
        json.put("notes", result.notes());
        json.put("checks", result.checks());
        json.put("pass", result.passes());
        return json;
    }

    private static Map<String, Object> json(Result.Target target) {
        var json = new LinkedHashMap<String, Object>();
        json.put("ratio", target.ratio());
        json.put("target", (target.atLeast() ? ">= " : "<= ") + Rounding.of(target.target()));
        json.put("actual", Rounding.of(target.actual()));
        json.put("met", target.met());
        return json;
    }

    private static Map<String, Object> rounded(Map<String, Double> values) {
        var json = new LinkedHashMap<String, Object>();
        values.forEach((name, value) -> json.put(name, Rounding.of(value)));
        return json;
    }

    private static Map<String, Object> nested(Map<String, Map<String, Double>> values) {
        var json = new TreeMap<String, Object>();
        values.forEach((name, value) -> json.put(name, rounded(value)));
        return json;
    }
}
