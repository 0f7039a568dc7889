package orderplatform.app.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orderplatform.app.benchmarks.process.Progress;
import orderplatform.app.faults.checker.Verdict;
import orderplatform.app.faults.kind.Fault;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a run did and found, for machines and for people. */
final class FaultReport {

    private static final int SHOWN = 100;

    private final FaultSettings settings;
    private final Map<String, Tally> tallies = new LinkedHashMap<>();
    private final Map<Sabotage, Boolean> sabotages = new LinkedHashMap<>();
    private Optional<Verdict> verdict = Optional.empty();
    private Optional<Exception> failure = Optional.empty();

    /** All runs of one fault. */
    private static final class Tally {
        private final Fault fault;
        private final Instant began;
        private final List<String> missed = new ArrayList<>();
        private int runs;
        private long violations;
        private double slowest;

        Tally(Fault fault, Instant began) {
            this.fault = fault;
            this.began = began;
        }

        void add(Fault.Outcome outcome) {
            runs++;
            slowest = Math.max(slowest, outcome.recoverySeconds());
            if (!outcome.missed().isEmpty()) {
                missed.add(outcome.missed());
            }
            if (outcome.recoverySeconds() > fault.servesAgainWithin()) {
                missed.add("orders accepted again within %.0f s".formatted(fault.servesAgainWithin()));
            }
        }

        boolean passed() {
            return violations == 0 && missed.isEmpty();
        }
    }

    FaultReport(FaultSettings settings) {
        this.settings = settings;
    }

    void struck(Fault fault, Instant began, Fault.Outcome outcome) {
        tallies.computeIfAbsent(fault.fullName(), name -> new Tally(fault, began))
                .add(outcome);
    }

    /** A violation counts for the fault that was the last to begin before it came about. */
    void judged(Verdict found) {
        verdict = Optional.of(found);
        for (var violation : found.violations()) {
            tallies.values().stream()
                    .filter(tally -> !tally.began.isAfter(violation.at()))
                    .reduce((earlier, later) -> later)
                    .ifPresent(tally -> tally.violations++);
        }
    }

    void sabotaged(Sabotage sabotage, Verdict found) {
        sabotages.put(sabotage, sabotage.isCaught(found));
    }

    /** The run could not go on. */
    void failed(Exception cause) {
        failure = Optional.of(cause);
    }

    boolean passes() {
        return failure.isEmpty()
                && verdict.filter(it -> it.violations().isEmpty()).isPresent()
                && tallies.values().stream().allMatch(Tally::passed)
                && sabotages.size() == Sabotage.values().length
                && sabotages.values().stream().allMatch(Boolean::booleanValue);
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        var json = JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(toJson());
        Files.writeString(folder.resolve("report.json"), json);
        Files.writeString(folder.resolve("report.md"), toMarkdown());
        System.out.println(toMarkdown());
        Progress.say("report: %s", folder.resolve("report.md"));
    }

    private Map<String, Object> toJson() {
        var json = new LinkedHashMap<String, Object>();
        json.put("seed", settings.seed());
        json.put("quick", settings.quick());
        json.put(
                "faults",
                tallies.entrySet().stream()
                        .map(entry -> toJson(entry.getKey(), entry.getValue()))
                        .toList());
        json.put("invariants", invariants());
        json.put(
                "violations",
                verdict.stream()
                        .flatMap(it -> it.violations().stream())
                        .limit(SHOWN)
                        .map(Verdict.Violation::toString)
                        .toList());
        json.put("notes", verdict.map(Verdict::notes).orElse(Map.of()));
        json.put(
                "sabotages",
                sabotages.entrySet().stream()
                        .map(entry -> Map.of(
                                "name", entry.getKey().fullName(),
                                "invariant", "I" + entry.getKey().invariant(),
                                "caught", entry.getValue()))
                        .toList());
        failure.ifPresent(cause -> json.put("failure", cause.toString()));
        json.put("passed", passes());
        return json;
    }

    private static Map<String, Object> toJson(String name, Tally tally) {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", name);
        json.put("runs", tally.runs);
        json.put("violations", tally.violations);
        json.put("recoverySecondsMax", Math.round(tally.slowest * 10) / 10.0);
        json.put("missed", tally.missed);
        json.put("passed", tally.passed());
        return json;
    }

    private Map<String, Object> invariants() {
        var invariants = new LinkedHashMap<String, Object>();
        verdict.ifPresent(it -> it.checked()
                .forEach((number, checked) -> invariants.put(
                        "I" + number, Map.of("checked", checked, "violations", violationsOf(it, number)))));
        return invariants;
    }

    private static long violationsOf(Verdict verdict, int invariant) {
        return verdict.violations().stream()
                .filter(it -> it.invariant() == invariant)
                .count();
    }

    private String toMarkdown() {
        var page = new StringBuilder("# Faults: %s%n%nSeed %d%s%n%n"
                .formatted(passes() ? "passed" : "failed", settings.seed(), settings.quick() ? ", quick" : ""));
        failure.ifPresent(cause -> page.append("The run could not go on: %s%n%n".formatted(cause)));
        page.append(
                "| fault | runs | violations | orders accepted again after, at most | verdict |\n|---|---|---|---|---|\n");
        tallies.forEach((name, tally) -> page.append("| %s | %d | %d | %s | %s |%n"
                .formatted(
                        name,
                        tally.runs,
                        tally.violations,
                        tally.slowest == 0 ? "" : "%.1f s".formatted(tally.slowest),
                        tally.passed() ? "passed" : "failed " + String.join("; ", tally.missed))));
        verdict.ifPresent(it -> append(page, it));
        page.append("\n| sabotage | must show as | verdict |\n|---|---|---|\n");
        sabotages.forEach((sabotage, caught) -> page.append("| %s | I%d | %s |%n"
                .formatted(sabotage.fullName(), sabotage.invariant(), caught ? "caught" : "not caught")));
        return page.toString();
    }

    private static void append(StringBuilder page, Verdict verdict) {
        page.append("\n| invariant | checked | violations |\n|---|---|---|\n");
        verdict.checked()
                .forEach((number, checked) ->
                        page.append("| I%d | %d | %d |%n".formatted(number, checked, violationsOf(verdict, number))));
        verdict.notes().forEach((what, count) -> page.append("%n%s: %d%n".formatted(what, count)));
        verdict.violations().stream().limit(SHOWN).forEach(it -> page.append("%n- %s".formatted(it)));
        page.append('\n');
    }
}
