package orderplatform.eventstore.log;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import orderplatform.app.simulation.Database;
import orderplatform.eventstore.saga.MemorySagas;
import org.axonframework.serialization.Serializer;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The tables of the log in memory: gapless positions, one event for each version of a stream, a batch wholly or not at
 * all, under the lock at the tail. The chain of hashes is left out.
 */
public final class MemoryLog extends LogTable {

    private static final String TAIL = "tail";

    private final Database database;
    private final Runnable notifyNodes;
    private final boolean checksVersions;
    private final MemorySagas sagas;
    private final List<StoredEvent> events = new ArrayList<>();
    private final Map<String, List<StoredEvent>> streams = new HashMap<>();

    /**
     * @param notifyNodes after each commit
     * @param checksVersions false sabotages it: appends at any version
     * @param sagas that the append writes
     */
    public MemoryLog(Database database, Runnable notifyNodes, boolean checksVersions, MemorySagas sagas) {
        super(new JdbcTemplate(), "memory");
        this.database = database;
        this.notifyNodes = notifyNodes;
        this.checksVersions = checksVersions;
        this.sagas = sagas;
    }

    @Override
    Appended append(List<StoredEvent> rows, Map<String, Long> expected, List<SagaChange> changes) {
        database.lock(TAIL, "append " + rows.size());
        var conflicts = conflicts(expected);
        changes.stream()
                .filter(saga -> sagas.version(saga.id()) != saga.expected())
                .forEach(saga -> conflicts.add(saga.id()));
        if (!conflicts.isEmpty()) {
            return new Appended(-1, conflicts, 0);
        }
        database.write(() -> {
            sagas.write(changes);
            rows.forEach(this::add);
            notifyNodes.run();
        });
        return new Appended(events.size(), Set.of(), 0);
    }

    private void add(StoredEvent row) {
        var stored = row.at(events.size());
        events.add(stored);
        streams.computeIfAbsent(row.stream(), stream -> new ArrayList<>()).add(stored);
    }

    private HashSet<String> conflicts(Map<String, Long> expected) {
        var conflicts = new HashSet<String>();
        expected.forEach((stream, version) -> {
            if (checksVersions && stream(stream).size() - 1 != version) {
                conflicts.add(stream);
            }
        });
        return conflicts;
    }

    private List<StoredEvent> stream(String stream) {
        return streams.getOrDefault(stream, List.of());
    }

    @Override
    Set<String> stale(Map<String, Long> expected) {
        return database.read("compare versions", () -> conflicts(expected));
    }

    @Override
    boolean isCommitted(StoredEvent event) {
        database.lock(TAIL, "is it committed?");
        return stream(event.stream()).stream().anyMatch(row -> row.id().equals(event.id()));
    }

    @Override
    public List<StoredEvent> after(long position, int limit) {
        return database.read("read the log", () -> page(events, position + 1, limit));
    }

    private static List<StoredEvent> page(List<StoredEvent> rows, long from, int limit) {
        var first = (int) Math.min(from, rows.size());
        return List.copyOf(rows.subList(first, Math.min(first + limit, rows.size())));
    }

    @Override
    List<StoredEvent> ofStream(String stream, long fromVersion, int limit) {
        return database.read("read " + stream, () -> page(stream(stream), fromVersion, limit));
    }

    @Override
    List<StoredEvent> ofStreams(Map<String, Long> versions, int limitOfEach) {
        return database.read(
                "read " + versions.size() + " streams",
                () -> versions.keySet().stream()
                        .sorted()
                        .flatMap(stream -> page(stream(stream), versions.get(stream) + 1, limitOfEach).stream())
                        .toList());
    }

    @Override
    OptionalLong lastVersion(String stream) {
        return database.read("read a version", () -> {
            var rows = stream(stream);
            return rows.isEmpty() ? OptionalLong.empty() : OptionalLong.of(rows.size() - 1);
        });
    }

    @Override
    OptionalLong positionOf(String stream, long version) {
        return database.read(
                "read a position",
                () -> page(stream(stream), version, 1).stream()
                        .mapToLong(StoredEvent::position)
                        .findFirst());
    }

    @Override
    public long head() {
        return database.read("read the head", () -> events.size() - 1L);
    }

    @Override
    OptionalLong firstSince(OffsetDateTime time) {
        throw new UnsupportedOperationException("No reader begins at a time");
    }

    /** Number of events, without a step. */
    public int size() {
        return events.size();
    }

    /**
     * An event as it is stored.
     *
     * @param causationId id of the command, if it is noted
     */
    public record Logged(
            long position, String stream, long version, UUID id, Object payload, Optional<String> causationId) {}

    /** All that is in it, in its order. */
    public List<Logged> events(Serializer serializer) {
        return events.stream()
                .map(row -> new Logged(
                        row.position(),
                        row.stream(),
                        row.version(),
                        row.id(),
                        serializer.deserialize(row.getPayload()),
                        causationId(row.metadata())))
                .toList();
    }

    private static Optional<String> causationId(String metadata) {
        var key = "\"causationId\":\"";
        var start = metadata.indexOf(key) + key.length();
        return start < key.length()
                ? Optional.empty()
                : Optional.of(metadata.substring(start, metadata.indexOf('"', start)));
    }
}
