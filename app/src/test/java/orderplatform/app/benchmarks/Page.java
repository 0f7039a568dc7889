package orderplatform.app.benchmarks;

import java.util.Map;
import java.util.stream.Collectors;
import orderplatform.app.benchmarks.result.Figure;
import orderplatform.app.benchmarks.result.Result;
import orderplatform.app.benchmarks.result.Rounding;
import orderplatform.app.benchmarks.scenario.Scenario;

/** The report as a page for people. */
final class Page {

    private final StringBuilder text = new StringBuilder();

    private Page() {}

    static String of(Map<String, Object> machine, Map<Scenario, Result> results) {
        var page = new Page();
        page.line("# Benchmarks");
        page.line("");
        machine.forEach((name, value) -> page.line("- %s: %s", name, value));
        page.targets(results);
        results.forEach(page::scenario);
        return page.text.toString();
    }

    private void targets(Map<Scenario, Result> results) {
        line("");
        line("| scenario | ours | target | actual | met | checks |");
        line("| --- | --- | --- | --- | --- | --- |");
        results.forEach((scenario, result) -> result.targets()
                .forEach(target -> line(
                        "| %s | %s | %s | %s | %s | %s |",
                        scenario.key(),
                        result.figures().containsKey("ours")
                                ? Rounding.of(result.figures().get("ours").median()) + " "
                                        + result.figures().get("ours").unit()
                                : "",
                        target,
                        Rounding.of(target.actual()),
                        target.met() ? "yes" : "no",
                        result.passes() ? "pass" : "FAIL")));
    }

    private void scenario(Scenario scenario, Result result) {
        line("");
        line("## %s", scenario.title());
        line("");
        line("| | median | min | max | unit |");
        line("| --- | --- | --- | --- | --- |");
        result.figures().forEach(this::figure);
        result.more().forEach(this::figure);
        result.floors().forEach((name, value) -> line("| %s | %s | | | |", name, Rounding.of(value)));
        line("");
        result.cpu().forEach((name, used) -> line("- CPU seconds per order, %s: %s", name, cpu(used)));
        result.notes().forEach(note -> line("- %s", note));
        result.checks().forEach((name, passes) -> line("- [%s] %s", passes ? "x" : " ", name));
    }

    private void figure(String name, Figure figure) {
        line(
                "| %s | %s | %s | %s | %s |",
                name,
                Rounding.of(figure.median()),
                Rounding.of(figure.min()),
                Rounding.of(figure.max()),
                figure.unit());
    }

    private static String cpu(Map<String, Double> used) {
        return used.entrySet().stream()
                .map(process -> "%s %s".formatted(process.getKey(), Rounding.of(process.getValue())))
                .collect(Collectors.joining(", "));
    }

    private void line(String format, Object... values) {
        text.append(values.length == 0 ? format : format.formatted(values)).append('\n');
    }
}
