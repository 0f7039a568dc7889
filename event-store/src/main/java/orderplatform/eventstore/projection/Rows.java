package orderplatform.eventstore.projection;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import orderplatform.eventstore.reader.BatchEnd;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a batch of events changes. Those that are there are read by one statement when the first is asked for,
 * those that changed are written by one when the batch ends, each once however often it changed.
 *
 * @param <R> a row, which its projection changes in place or replaces
 */
public final class Rows<R> {

    private final Table<R> table;
    private final Function<R, String> keyOf;
    private final Function<Object, Optional<String>> keyOfEvent;
    private final Consumer<Collection<R>> written;

    /**
     * @param keyOfEvent the row that an event is for; none for an event that the projection does not look at
     * @param written told of the rows that changed when the batch has committed
     */
    public Rows(
            Table<R> table,
            Function<R, String> keyOf,
            Function<Object, Optional<String>> keyOfEvent,
            Consumer<Collection<R>> written) {
        this.table = table;
        this.keyOf = keyOf;
        this.keyOfEvent = keyOfEvent;
        this.written = written;
    }

    /** The row as the events before this one left it. */
    public Optional<R> find(String key) {
        return current().find(key);
    }

    /** Keeps the row that the current event changed or made. */
    public void put(R row) {
        current().put(row);
    }

    /**
     * A generation of these rows to be built in the table of the same name and columns in a schema.
     *
     * @param index sees to it that the table has its primary key; called before that is first needed, and then again and
     *     again
     */
    public Generation<R> generation(String schema, Runnable index) {
        return new Generation<>(this, table.in(schema), index);
    }

    /**
     * Rows of the table of the same name and columns in a schema, in the order of their keys.
     *
     * @param only what the first column of the key has to be; none for any
     * @param after key of the row after which they begin; empty from the first on
     * @throws IllegalArgumentException if that can't be a key
     */
    public RowPage page(String schema, @Nullable String only, List<String> after, int limit) {
        return table.in(schema).page(only, after, limit);
    }

    String keyOf(R row) {
        return keyOf.apply(row);
    }

    Optional<String> keyOfEvent(Object event) {
        return keyOfEvent.apply(event);
    }

    /** Name of their table. */
    public String table() {
        return table.name();
    }

    private RowSet<R> current() {
        var generation = Generation.current(this);
        return generation == null ? batch() : generation;
    }

    private Batch batch() {
        var work = CurrentUnitOfWork.get().root();
        return BatchEnd.writer(work, this, () -> new Batch(work));
    }

    private final class Batch implements RowSet<R>, Runnable {

        private final UnitOfWork<?> work;
        private final Map<String, R> rows = new LinkedHashMap<>();
        private final Set<String> read = new HashSet<>();
        private final Map<String, R> changed = new LinkedHashMap<>();

        Batch(UnitOfWork<?> work) {
            this.work = work;
            read(keysOf(work));
        }

        private Set<String> keysOf(UnitOfWork<?> of) {
            var keys = new HashSet<String>();
            if (of instanceof BatchingUnitOfWork<?> batch) {
                batch.getMessages()
                        .forEach(message ->
                                keyOfEvent.apply(message.getPayload()).ifPresent(keys::add));
            }
            return keys;
        }

        private void read(Set<String> keys) {
            if (!keys.isEmpty()) {
                read.addAll(keys);
                table.read(keys).forEach(row -> rows.put(keyOf.apply(row), row));
            }
        }

        @Override
        public Optional<R> find(String key) {
            if (!read.contains(key)) {
                read(Set.of(key));
            }
            return Optional.ofNullable(rows.get(key));
        }

        @Override
        public void put(R row) {
            var key = keyOf.apply(row);
            read.add(key);
            rows.put(key, row);
            if (changed.isEmpty()) {
                work.afterCommit(done -> written.accept(changed.values()));
            }
            changed.put(key, row);
        }

        @Override
        public void run() {
            if (!changed.isEmpty()) {
                table.write(changed.values());
            }
        }
    }
}
