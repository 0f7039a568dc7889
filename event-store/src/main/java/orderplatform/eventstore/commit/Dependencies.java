package orderplatform.eventstore.commit;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * On which streams and sagas each command of a batch depends, so that a conflict on one takes out the commands that depend on
 * it, and no others.
 */
final class Dependencies {

    private final Map<Waiting, Set<String>> byCommand = new IdentityHashMap<>();
    private final Set<String> all = new HashSet<>();
    private final Set<Waiting> losers = Collections.newSetFromMap(new IdentityHashMap<>());

    void add(Waiting command, String name) {
        byCommand.computeIfAbsent(command, it -> new HashSet<>()).add(name);
        all.add(name);
    }

    /** Names of all streams and sagas. */
    Set<String> all() {
        return all;
    }

    Set<String> of(Collection<Waiting> commands) {
        var names = new HashSet<String>();
        commands.forEach(command -> names.addAll(byCommand.getOrDefault(command, Set.of())));
        return names;
    }

    /**
     * What a loser touched, others may have built on: they lose too.
     *
     * @return all that the losers touched, and the conflicts
     */
    Set<String> lose(Set<String> conflicts) {
        var lost = new HashSet<>(conflicts);
        var before = -1;
        while (before != losers.size()) {
            before = losers.size();
            byCommand.forEach((command, names) -> {
                if (!Collections.disjoint(names, lost)) {
                    losers.add(command);
                    lost.addAll(names);
                }
            });
        }
        return lost;
    }

    Set<Waiting> losers() {
        return losers;
    }

    boolean isLost(Waiting command) {
        return losers.contains(command);
    }
}
