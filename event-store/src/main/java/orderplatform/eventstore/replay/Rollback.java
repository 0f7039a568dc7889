package orderplatform.eventstore.replay;

import orderplatform.eventstore.log.LogRanges;
import orderplatform.eventstore.projection.Projection;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Puts the last generation back into the place of the live one, which takes its. It is brought up to date first, all in one
 * transaction: what does not end changes nothing.
 */
final class Rollback {

    private final String name;
    private final String table;
    private final Projection projection;
    private final Handlers handlers;
    private final LogRanges log;
    private final GenerationTables tables;
    private final LivePositions live;
    private final LiveVersions versions;
    private final int threads;

    Rollback(
            String name,
            Projection projection,
            Handlers handlers,
            LogRanges log,
            GenerationTables tables,
            LivePositions live,
            LiveVersions versions,
            int threads) {
        this.name = name;
        this.table = projection.rows().table();
        this.projection = projection;
        this.handlers = handlers;
        this.log = log;
        this.tables = tables;
        this.live = live;
        this.versions = versions;
        this.threads = threads;
    }

    /**
     * Whether there was one to go back to.
     *
     * @throws OtherVersion where it is not for this node to bring it up to date
     */
    boolean run(TransactionOperations transactions) {
        return Boolean.TRUE.equals(transactions.execute(transaction -> {
            var last = tables.last(name);
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
        try (var fold = new Fold(log, projection.eventTypes(), handlers, generation, threads)) {
            long reached = fold.run(after, live.of(name), position -> generation.trim());
            reached = fold.run(reached, tables.lock(name, table), position -> generation.trim());
            generation.flush();
            if (versions.of(name).orElseThrow() != projection.version()) {
                live.move(name, reached);
            }
            tables.restore(name, table, reached);
        }
    }
}
