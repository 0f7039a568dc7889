package orderplatform.eventstore.replay;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import orderplatform.eventstore.projection.Projection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rebuilds rows that are not of this node's version of their projection, and those of a projection that is new on a
 * long log. A node tries each once: a replay that fails, or nodes of two versions beside each other, must not end in replays
 * without end.
 */
final class Rebuilds {

    private static final Logger LOG = LoggerFactory.getLogger(Rebuilds.class);

    /** Positions. Fewer are read by the projection's reader before a replay would be under way. */
    private static final long LONG_LOG_EVENTS = 10_000;

    private final LiveVersions versions;
    private final LivePositions live;
    private final Set<String> tried = new HashSet<>();

    Rebuilds(LiveVersions versions, LivePositions live) {
        this.versions = versions;
        this.live = live;
    }

    /** @param replay begins one, and says whether it did; it does not if one is under way */
    void begin(Collection<Projection> projections, long head, Predicate<String> replay) {
        for (var projection : projections) {
            var name = projection.name();
            if (versions.note(projection) && head - live.of(name) > LONG_LOG_EVENTS && replay.test(name)) {
                LOG.info("{} is new and is built from the log", name);
            }
        }
    }

    void look(Collection<Projection> projections, Predicate<String> replay) {
        for (var projection : projections) {
            var name = projection.name();
            int version = versions.of(name).orElse(projection.version());
            if (!tried.contains(name) && isDue(projection, version) && replay.test(name)) {
                tried.add(name);
                LOG.info("{} is of version {} and is built anew by version {}", name, version, projection.version());
            }
        }
    }

    /** An older version waits until nobody follows the newer one any more: then this is what was gone back to. */
    private boolean isDue(Projection projection, int version) {
        return projection.version() > version
                || (projection.version() < version && !versions.isFollowed(projection.name()));
    }
}
