package orderplatform.app.faults.checker;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import orderplatform.app.faults.checker.trace.LogEvent;

/** What was looked at, and what was found wrong. */
public final class Verdict {

    private final Map<Integer, Long> checked = new TreeMap<>();
    private final List<Violation> violations = new ArrayList<>();
    private final Map<String, Long> notes = new TreeMap<>();

    /**
     * @param invariant its number, as in I4
     * @param position in the log that shows it; -1 if none does
     * @param at when it came about, as far as that is known
     */
    public record Violation(int invariant, String facts, long position, Instant at) {

        @Override
        public String toString() {
            return "I%d: %s%s".formatted(invariant, facts, position < 0 ? "" : " (position %d)".formatted(position));
        }
    }

    /** One thing more was held against an invariant. */
    void checked(int invariant) {
        checked.merge(invariant, 1L, Long::sum);
    }

    void violated(int invariant, Instant at, long position, String facts, Object... values) {
        violations.add(new Violation(invariant, facts.formatted(values), position, at));
    }

    void violated(int invariant, LogEvent event, String facts, Object... values) {
        violated(invariant, event.at(), event.position(), facts, values);
    }

    /** Something that is allowed, and worth knowing how often it happened. */
    void noted(String what) {
        notes.merge(what, 1L, Long::sum);
    }

    /** How much was checked, by invariant. */
    public Map<Integer, Long> checked() {
        return checked;
    }

    public List<Violation> violations() {
        return violations;
    }

    public Map<String, Long> notes() {
        return notes;
    }

    /** Numbers of the invariants that do not hold. */
    public Set<Integer> broken() {
        return violations.stream().map(Violation::invariant).collect(Collectors.toSet());
    }
}
