package orderplatform.eventstore.saga;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import orderplatform.app.simulation.Database;
import orderplatform.app.simulation.Fault;
import orderplatform.app.simulation.Faults;
import org.axonframework.modelling.saga.AssociationValue;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The tables of sagas and deadlines in memory. Single sagas and deadlines are read without giving way: Axon does so in the
 * middle of a {@link java.util.concurrent.ConcurrentHashMap#computeIfAbsent}, for which another thread would wait that the
 * scheduler takes for the one that goes on.
 */
public final class MemorySagas extends SagaTables {

    /** With the tokens, which go with them. */
    public static final String TABLE = "sagas";

    private final Database database;
    private final Faults faults;
    private final boolean remembers;
    private final Map<String, SagaRow> sagas = new LinkedHashMap<>();
    private final Set<Association> associations = new LinkedHashSet<>();
    private final Map<UUID, DeadlineRow> deadlines = new LinkedHashMap<>();

    /** @param remembers false sabotages it: sagas are not found again */
    public MemorySagas(Database database, Faults faults, boolean remembers) {
        super(new DelegatingDataSource());
        this.remembers = remembers;
        this.database = database;
        this.faults = faults;
    }

    @Override
    List<Association> associations(String type, Collection<AssociationValue> values) {
        return database.read(
                "find sagas",
                () -> associations.stream()
                        .filter(row -> remembers && row.type().equals(type) && values.contains(row.asValue()))
                        .toList());
    }

    @Override
    Map<String, Set<AssociationValue>> associationsOf(Set<String> sagaIds) {
        return associations.stream()
                .filter(row -> sagaIds.contains(row.sagaId()))
                .collect(Collectors.groupingBy(
                        Association::sagaId,
                        HashMap::new,
                        Collectors.mapping(Association::asValue, Collectors.toSet())));
    }

    @Override
    List<SagaRow> sagas(Set<String> sagaIds) {
        return sagas.values().stream().filter(row -> sagaIds.contains(row.id())).toList();
    }

    @Override
    void insert(List<SagaRow> rows) {
        database.lock(TABLE, "insert sagas");
        database.write(() -> rows.forEach(row -> sagas.put(row.id(), at(0, row))));
    }

    private static SagaRow at(long version, SagaRow row) {
        return new SagaRow(row.id(), row.type(), version, row.state());
    }

    @Override
    int update(List<SagaRow> rows) {
        database.lock(TABLE, "update sagas");
        var found =
                rows.stream().filter(row -> isThere(row.id(), row.version())).toList();
        database.write(() -> found.forEach(row -> sagas.put(row.id(), at(row.version() + 1, row))));
        return found.size();
    }

    private boolean isThere(String id, long version) {
        var row = sagas.get(id);
        return row != null && row.version() == version;
    }

    /** That of the saga's row; -1 without one. */
    public long version(String id) {
        var row = sagas.get(id);
        return row == null ? -1 : row.version();
    }

    @Override
    int delete(Collection<LiveSaga> ended) {
        database.lock(TABLE, "delete sagas");
        var found = ended.stream()
                .filter(saga -> isThere(saga.id(), saga.version()))
                .map(LiveSaga::id)
                .toList();
        var all = ended.stream().map(LiveSaga::id).collect(Collectors.toSet());
        database.write(() -> {
            found.forEach(sagas::remove);
            associations.removeIf(row -> all.contains(row.sagaId()));
        });
        return found.size();
    }

    @Override
    void associate(Collection<Association> rows) {
        database.lock(TABLE, "associate");
        var copy = List.copyOf(rows);
        database.write(() -> associations.addAll(copy));
    }

    @Override
    void dissociate(Collection<Association> rows) {
        database.lock(TABLE, "dissociate");
        var copy = List.copyOf(rows);
        database.write(() -> copy.forEach(associations::remove));
    }

    @Override
    Optional<DeadlineRow> deadline(UUID id) {
        return Optional.ofNullable(deadlines.get(id));
    }

    @Override
    List<Due> dueUntil(Instant time, int atMost) {
        return database.read(
                "read deadlines",
                () -> deadlines.values().stream()
                        .filter(row -> !row.due().isAfter(time) || faults.strikes(Fault.EARLY_DEADLINE))
                        .sorted(Comparator.comparing(DeadlineRow::due))
                        .limit(atMost)
                        .map(row -> new Due(row.id(), row.due()))
                        .toList());
    }

    @Override
    void insertDeadlines(Collection<DeadlineRow> rows) {
        database.lock(TABLE, "insert deadlines");
        database.write(() -> rows.forEach(row -> deadlines.put(row.id(), row)));
    }

    @Override
    void postpone(UUID id, Instant due) {
        database.lock(TABLE, "postpone a deadline");
        database.write(() -> deadlines.computeIfPresent(
                id,
                (same, row) -> new DeadlineRow(
                        id,
                        due,
                        row.name(),
                        row.scope(),
                        row.scopeType(),
                        row.payload(),
                        row.payloadType(),
                        row.metadata())));
    }

    @Override
    int deleteDeadlines(Set<UUID> ids) {
        database.lock(TABLE, "delete deadlines");
        var found = ids.stream().filter(deadlines::containsKey).toList();
        database.write(() -> found.forEach(deadlines::remove));
        return found.size();
    }

    @Override
    void deleteDeadlines(String name) {
        throw new UnsupportedOperationException("No saga asks for it");
    }

    @Override
    void deleteDeadlines(String name, String scope) {
        throw new UnsupportedOperationException("No saga asks for it");
    }

    /** What is left of sagas, by type, and of deadlines, by name; without a step. */
    public Map<String, Set<String>> rows() {
        var left = new TreeMap<String, Set<String>>();
        sagas.values()
                .forEach(row -> left.computeIfAbsent(row.type(), type -> new TreeSet<>())
                        .add(row.state()));
        deadlines
                .values()
                .forEach(row -> left.computeIfAbsent(row.name(), name -> new TreeSet<>())
                        .add(row.scope()));
        return left;
    }

    public boolean isEmpty() {
        return sagas.isEmpty() && deadlines.isEmpty();
    }
}
