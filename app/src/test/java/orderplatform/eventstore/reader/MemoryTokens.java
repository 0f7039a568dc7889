package orderplatform.eventstore.reader;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import orderplatform.app.simulation.Database;
import orderplatform.app.simulation.Scheduler;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;

/** The table of tokens in memory, as {@code JdbcTokenStore} reads and writes it. */
public final class MemoryTokens {

    private static final String TABLE = "tokens";
    private static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(5);

    private final Database database;
    private final Scheduler scheduler;
    private final Map<String, Row> rows = new TreeMap<>();

    public MemoryTokens(Database database, Scheduler scheduler) {
        this.database = database;
        this.scheduler = scheduler;
    }

    private record Row(
            @Nullable TrackingToken token, @Nullable String owner, long signedAt) {}

    private static String key(String processor, int segment) {
        return processor + '/' + segment;
    }

    /** Made before any node starts. */
    public void add(String processor, int segments, TrackingToken first) {
        for (int segment = 0; segment < segments; segment++) {
            rows.put(key(processor, segment), new Row(first, null, 0));
        }
    }

    /** Whether all are at the position, without a step. */
    public boolean areAt(long position) {
        return rows.values().stream()
                .allMatch(row -> row.token() != null && row.token().position().orElse(-1) == position);
    }

    @Override
    public String toString() {
        return rows.toString();
    }

    public TokenStore of(String node) {
        return new OfNode(node);
    }

    private final class OfNode implements TokenStore {

        private final String node;

        OfNode(String node) {
            this.node = node;
        }

        @Override
        public void storeToken(@Nullable TrackingToken token, String processor, int segment) {
            database.lock(TABLE, "store token " + key(processor, segment));
            requireMine(processor, segment);
            put(processor, segment, token, node);
        }

        private void put(String processor, int segment, @Nullable TrackingToken token, @Nullable String owner) {
            var row = new Row(token, owner, scheduler.nanoTime());
            database.write(() -> rows.put(key(processor, segment), row));
        }

        private Row requireMine(String processor, int segment) {
            var row = rows.get(key(processor, segment));
            if (!node.equals(row.owner())) {
                throw new UnableToClaimTokenException("It is claimed by " + row.owner());
            }
            return row;
        }

        @Override
        public @Nullable TrackingToken fetchToken(String processor, int segment) {
            database.lock(TABLE, "claim " + key(processor, segment));
            var row = rows.get(key(processor, segment));
            if (row.owner() != null
                    && !row.owner().equals(node)
                    && scheduler.nanoTime() - row.signedAt() < CLAIM_TIMEOUT.toNanos()) {
                throw new UnableToClaimTokenException("It is claimed by " + row.owner());
            }
            put(processor, segment, row.token(), node);
            return row.token();
        }

        @Override
        public void extendClaim(String processor, int segment) {
            database.lock(TABLE, "sign " + key(processor, segment));
            put(processor, segment, requireMine(processor, segment).token(), node);
        }

        @Override
        public void releaseClaim(String processor, int segment) {
            database.lock(TABLE, "release " + key(processor, segment));
            var row = rows.get(key(processor, segment));
            if (node.equals(row.owner())) {
                put(processor, segment, row.token(), null);
            }
        }

        @Override
        public boolean requiresExplicitSegmentInitialization() {
            return true;
        }

        @Override
        public int[] fetchSegments(String processor) {
            return database.read(
                    "read segments",
                    () -> rows.keySet().stream()
                            .filter(key -> key.startsWith(processor + '/'))
                            .mapToInt(key -> Integer.parseInt(key.substring(key.indexOf('/') + 1)))
                            .toArray());
        }
    }
}
