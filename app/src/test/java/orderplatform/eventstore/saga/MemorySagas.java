package orderplatform.eventstore.saga;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import orderplatform.app.simulation.Database;
import orderplatform.app.simulation.Fault;
import orderplatform.app.simulation.Faults;
import orderplatform.eventstore.commit.ReactionBatch.Reaction;
import orderplatform.eventstore.log.SagaChange;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rows of sagas in memory. */
public final class MemorySagas extends SagaTable {

    private static final String TABLE = "sagas";

    private final Database database;
    private final Faults faults;
    private final boolean remembers;
    private final Map<String, SagaChange> rows = new LinkedHashMap<>();

    /** @param remembers false sabotages it: sagas are not found again */
    public MemorySagas(Database database, Faults faults, boolean remembers) {
        super(new JdbcTemplate());
        this.remembers = remembers;
        this.database = database;
        this.faults = faults;
    }

    /** That of the saga's row. */
    public long version(String id) {
        var row = rows.get(id);
        return row == null ? SagaChange.NO_ROW : row.version();
    }

    /** Writes them as the append does, when the transaction commits. */
    public void write(List<SagaChange> changes) {
        for (var change : changes) {
            if (change.state() == null) {
                rows.remove(change.id());
            } else {
                rows.put(change.id(), change);
            }
        }
    }

    @Override
    Map<String, Stored> find(Map<String, Reaction> reactions) {
        return database.read(
                "find sagas",
                () -> reactions.keySet().stream().collect(Collectors.toMap(id -> id, id -> {
                    var found = remembers ? rows.get(id) : null;
                    return new Stored(false, found == null ? null : row(found));
                })));
    }

    private static Row row(SagaChange row) {
        return new Row(row.id(), row.type(), row.version(), row.state(), row.deadlines());
    }

    @Override
    List<Due> dueUntil(Instant time, Map<String, String> processors, int atMost) {
        return database.read(
                "read deadlines",
                () -> rows.values().stream()
                        .filter(row ->
                                row.due() != null && (!row.due().isAfter(time) || faults.strikes(Fault.EARLY_DEADLINE)))
                        .sorted(Comparator.comparing(SagaChange::due))
                        .limit(atMost)
                        .map(row -> new Due(row(row), row.due()))
                        .toList());
    }

    @Override
    void postpone(String id, Instant due) {
        database.lock(TABLE, "postpone a deadline");
        database.write(() -> rows.computeIfPresent(
                id,
                (same, row) -> new SagaChange(
                        id, row.type(), row.expected(), row.version(), row.state(), row.deadlines(), due)));
    }

    @Override
    void touch(String id) {
        throw new UnsupportedOperationException("Nothing is parked");
    }

    /** What is left of sagas, by type; without a step. */
    public Map<String, Set<String>> rows() {
        var left = new TreeMap<String, Set<String>>();
        rows.values()
                .forEach(row -> left.computeIfAbsent(row.type(), type -> new TreeSet<>())
                        .add(row.state()));
        return left;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }
}
