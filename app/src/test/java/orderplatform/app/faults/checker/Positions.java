package orderplatform.app.faults.checker;

import java.util.HashMap;
import java.util.Set;
import orderplatform.app.faults.checker.trace.Facts;

/** I3: positions and the versions of each stream count up from 0, without a gap or a duplicate. */
final class Positions implements Check {

    private static final int GAPLESS = 3;

    @Override
    public Set<Integer> invariants() {
        return Set.of(GAPLESS);
    }

    @Override
    public void check(Facts facts, Verdict verdict) {
        long position = 0;
        var versions = new HashMap<String, Long>();
        for (var event : facts.log()) {
            verdict.checked(GAPLESS);
            if (event.position() != position) {
                verdict.violated(GAPLESS, event, "position %d follows %d", event.position(), position - 1);
            }
            position = event.position() + 1;
            var previous = versions.put(event.stream(), event.version());
            long expected = previous == null ? 0 : previous + 1;
            if (event.version() != expected) {
                verdict.violated(
                        GAPLESS, event, "version %d of %s where %d is due", event.version(), event.stream(), expected);
            }
        }
    }
}
