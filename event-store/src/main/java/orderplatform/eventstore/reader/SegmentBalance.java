package orderplatform.eventstore.reader;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import orderplatform.eventstore.log.Node;
import orderplatform.eventstore.log.SqlArrays;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Shares the segments of each reader among the nodes that run it: a node that joins finds all of them claimed, so one with
 * more than its share gives one up, and another one claims it. Nodes sign a table, on the database's clock; one that has
 * not signed for a while does not count. A segment whose batch takes longer than its claim lasts is not for others either.
 */
final class SegmentBalance implements SmartLifecycle {

    private static final long LOOK_SECONDS = 2;

    /** A node counts no longer than its claims last, or what is taken over from a dead one would be left to it again. */
    private static final long GONE_AFTER_SECONDS =
            ReaderConfiguration.CLAIM_TIMEOUT.minus(Checkpoint.SIGN_CLAIM_EVERY).toSeconds();

    private static final String SIGN = """
            INSERT INTO event_log.reader_node (processor_name, node, signed_at) SELECT reader, ?, now() FROM unnest(?) AS reader
            ON CONFLICT (processor_name, node) DO UPDATE SET signed_at = excluded.signed_at""";

    private static final String FORGET =
            "DELETE FROM event_log.reader_node WHERE signed_at < now() - make_interval(secs => ?)";

    private static final String NODES =
            "SELECT greatest(1, count(*)) FROM event_log.reader_node WHERE processor_name = ?";

    private static final Logger LOG = LoggerFactory.getLogger(SegmentBalance.class);

    private final EventProcessingConfiguration processors;
    private final TokenStore tokens;
    private final JdbcTemplate database;
    private final Node node;
    private volatile @Nullable ScheduledExecutorService looks;

    SegmentBalance(EventProcessingConfiguration processors, TokenStore tokens, DataSource dataSource, Node node) {
        this.processors = processors;
        this.tokens = tokens;
        this.database = new JdbcTemplate(dataSource);
        this.node = node;
    }

    private void look() {
        try {
            var readers = processors.eventProcessors().values().stream()
                    .filter(LogReader.class::isInstance)
                    .map(LogReader.class::cast)
                    .filter(reader -> reader.isRunning() && !reader.isError())
                    .toList();
            readers.forEach(LogReader::signClaimsOfWhatIsUnderWay);
            sign(readers);
            readers.forEach(this::giveUpMoreThanItsShare);
        } catch (RuntimeException unreachable) {
            LOG.debug("The segments are not shared out now", unreachable);
        }
    }

    private void sign(List<LogReader> readers) {
        database.update(
                SIGN,
                node.name(),
                SqlArrays.texts(readers.stream().map(LogReader::getName).toList()));
        database.update(FORGET, GONE_AFTER_SECONDS);
    }

    private void giveUpMoreThanItsShare(LogReader reader) {
        var own = reader.processingStatus().keySet();
        if (own.size() > 1 && own.size() > share(reader)) {
            int segment = Collections.max(own);
            LOG.info("Segment {} of reader {} is left to another node", segment, reader.getName());
            reader.releaseSegment(segment);
        }
    }

    private int share(LogReader reader) {
        return Math.ceilDiv(tokens.fetchSegments(reader.getName()).length, nodes(reader));
    }

    private int nodes(LogReader reader) {
        return Objects.requireNonNull(database.queryForObject(NODES, Integer.class, reader.getName()));
    }

    @Override
    public synchronized void start() {
        var scheduler = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("segment-balance").factory());
        scheduler.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        looks = scheduler;
    }

    @Override
    public synchronized void stop() {
        var running = looks;
        if (running != null) {
            running.close();
            looks = null;
            leave();
        }
    }

    private void leave() {
        try {
            database.update("DELETE FROM event_log.reader_node WHERE node = ?", node.name());
        } catch (RuntimeException unreachable) {
            LOG.debug("The others find out by themselves that this node has stopped", unreachable);
        }
    }

    @Override
    public boolean isRunning() {
        return looks != null;
    }
}
