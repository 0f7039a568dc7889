package orderplatform.app.benchmarks.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import orderplatform.app.benchmarks.process.Progress;

/** What a scenario found. Collected step by step, so that what failed late still shows what came before. */
public final class Result {

    private final Map<String, Figure> figures = new LinkedHashMap<>();
    private final Map<String, Figure> more = new LinkedHashMap<>();
    private final Map<String, Double> floors = new LinkedHashMap<>();
    private final Map<String, Double> ratios = new LinkedHashMap<>();
    private final List<Target> targets = new ArrayList<>();
    private final Map<String, Boolean> checks = new TreeMap<>();
    private final Map<String, Map<String, Double>> cpu = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * What a ratio should be.
     *
     * @param atLeast whether more is better
     */
    public record Target(String ratio, boolean atLeast, double target, double actual) {

        public boolean met() {
            return atLeast ? actual >= target : actual <= target;
        }

        @Override
        public String toString() {
            return "%s %s %s".formatted(ratio, atLeast ? ">=" : "<=", Rounding.of(target));
        }
    }

    /** A contender's main figure. */
    public Result figure(String name, Figure figure) {
        Progress.say("  %s: %s", name, figure);
        figures.put(name, figure);
        return this;
    }

    /** A figure beside the main ones. */
    public Result more(String name, Figure figure) {
        Progress.say("  %s: %s", name, figure);
        more.put(name, figure);
        return this;
    }

    public Result floor(String name, double value) {
        Progress.say("  %s: %s", name, Rounding.of(value));
        floors.put(name, value);
        return this;
    }

    public Result atLeast(String ratio, double target, double actual) {
        return target(new Target(ratio, true, target, actual));
    }

    /** Leaves out what a quick run leaves out. */
    public Result atLeast(String ratio, double target, OptionalDouble actual) {
        actual.ifPresent(value -> atLeast(ratio, target, value));
        return this;
    }

    public Result atMost(String ratio, double target, OptionalDouble actual) {
        actual.ifPresent(value -> atMost(ratio, target, value));
        return this;
    }

    public Result atMost(String ratio, double target, double actual) {
        return target(new Target(ratio, false, target, actual));
    }

    private Result target(Target target) {
        ratios.put(target.ratio(), target.actual());
        targets.add(target);
        return this;
    }

    public Result ratio(String name, double value) {
        ratios.put(name, value);
        return this;
    }

    public Result ratio(String name, OptionalDouble value) {
        value.ifPresent(actual -> ratio(name, actual));
        return this;
    }

    public Result check(String name, boolean passes) {
        checks.merge(name, passes, Boolean::logicalAnd);
        return this;
    }

    public Result checks(String whose, Map<String, Boolean> found) {
        found.forEach((name, passes) -> check(whose + ": " + name, passes));
        return this;
    }

    /** CPU seconds per order by process. */
    public Result cpu(String name, List<Round> rounds) {
        var sums = new TreeMap<String, Double>();
        rounds.forEach(round ->
                round.cpuPerOrder().forEach((process, used) -> sums.merge(process, used / rounds.size(), Double::sum)));
        cpu.put(name, sums);
        return this;
    }

    public Result note(String note) {
        notes.add(note);
        return this;
    }

    public Map<String, Figure> figures() {
        return figures;
    }

    public Map<String, Figure> more() {
        return more;
    }

    public Map<String, Double> floors() {
        return floors;
    }

    public Map<String, Double> ratios() {
        return ratios;
    }

    public List<Target> targets() {
        return targets;
    }

    public Map<String, Boolean> checks() {
        return checks;
    }

    public Map<String, Map<String, Double>> cpu() {
        return cpu;
    }

    public List<String> notes() {
        return notes;
    }

    public boolean passes() {
        return checks.values().stream().allMatch(Boolean::booleanValue);
    }
}
