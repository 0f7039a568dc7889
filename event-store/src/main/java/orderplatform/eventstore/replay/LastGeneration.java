package orderplatform.eventstore.replay;

import java.time.Duration;
import orderplatform.eventstore.projection.Projection;

/** The rows of a projection that a replay has replaced. */
final class LastGeneration {

    private final Projection projection;
    private final Means means;
    private final String name;
    private final String table;

    LastGeneration(Projection projection, Means means) {
        this.projection = projection;
        this.means = means;
        this.name = projection.name();
        this.table = projection.rows().table();
    }

    /** Drops it. Whether there was one. */
    boolean drop() {
        return Boolean.TRUE.equals(
                means.transactions().execute(transaction -> means.tables().forgetLast(name, table)));
    }

    /** Drops it if it has been the last one for longer. Whether it did. */
    boolean dropAfter(Duration longer) {
        return Boolean.TRUE.equals(
                means.transactions().execute(transaction -> means.tables().forgetLast(name, table, longer)));
    }

    /**
     * Puts it back into the place of the live one, which takes its. It is brought up to date first, all in one transaction:
     * what does not end changes nothing.
     *
     * @return whether there was one to go back to
     * @throws OtherVersion if it is not for this node to bring it up to date
     */
    boolean restore() {
        return Boolean.TRUE.equals(means.transactions().execute(transaction -> {
            var last = means.tables().last(name);
            last.ifPresent(it -> {
                if (it.version() != projection.version()) {
                    throw new OtherVersion(name, it.version());
                }
                restore(it.position());
            });
            return last.isPresent();
        }));
    }

    private void restore(long after) {
        var generation =
                projection.rows().generation(GenerationTables.LAST, () -> {}).continued();
        try (var fold = new Fold(projection, generation, means)) {
            long reached = fold.run(after, means.live().of(name), position -> generation.trim());
            reached = fold.run(reached, means.tables().lock(name, table), position -> generation.trim());
            generation.flush();
            if (means.versions().of(name).orElseThrow() != projection.version()) {
                means.live().move(name, reached);
            }
            means.tables().restore(name, table, reached);
        }
    }
}
