package orderplatform.eventstore.projection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.axonframework.messaging.Message;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table that nobody reads yet. They are kept in memory while they change, up to a bound, and written in bulk:
 * those that changed longest ago first. Worked on by one thread at a time.
 *
 * @param <R> a row
 */
public final class Generation<R> implements RowSet<R> {

    /** Most rows in memory between two batches of events. */
    static final int MAX_ROWS = 20_000;

    /** A third of them go at once, so that writing them is worth it. */
    private static final int KEPT_ROWS = MAX_ROWS / 3 * 2;

    private static final ScopedValue<Generation<?>> CURRENT = ScopedValue.newInstance();

    private final Rows<R> rows;
    private final Table<R> table;
    private final Runnable index;
    private final LinkedHashMap<String, Held<R>> held = new LinkedHashMap<>(MAX_ROWS * 2, 0.75f, true);
    private @Nullable KeyFilter written;

    private static final class Held<R> {

        private final boolean inTable;
        private R row;
        private boolean changed;

        Held(R row, boolean inTable) {
            this.row = row;
            this.inTable = inTable;
        }
    }

    Generation(Rows<R> rows, Table<R> table, Runnable index) {
        this.rows = rows;
        this.table = table;
        this.index = index;
    }

    /** Goes on with a table that has rows: any may be there. */
    public Generation<R> continued() {
        written = KeyFilter.all();
        return this;
    }

    @SuppressWarnings("unchecked") // it was made of these rows
    static <R> @Nullable Generation<R> current(Rows<R> rows) {
        return CURRENT.isBound() && CURRENT.get().rows == rows ? (Generation<R>) CURRENT.get() : null;
    }

    /** Has handlers that are called meanwhile by this thread find and put rows of this generation. */
    public void during(Runnable handling) {
        ScopedValue.where(CURRENT, this).run(handling);
    }

    /** Makes ready for a batch of events: rows of theirs that are in the table already are read by one statement. */
    public void expect(Collection<? extends Message<?>> events) {
        if (written == null) {
            return;
        }
        var missing = new HashSet<String>();
        for (var event : events) {
            rows.keyOfEvent(event.getPayload())
                    .filter(key -> !held.containsKey(key) && mayBeWritten(key))
                    .ifPresent(missing::add);
        }
        read(missing);
    }

    private void read(Set<String> keys) {
        if (!keys.isEmpty()) {
            index.run();
            table.read(keys).forEach(row -> held.put(rows.keyOf(row), new Held<>(row, true)));
        }
    }

    @Override
    public Optional<R> find(String key) {
        var found = held.get(key);
        if (found == null && mayBeWritten(key)) {
            read(Set.of(key));
            found = held.get(key);
        }
        return Optional.ofNullable(found).map(it -> it.row);
    }

    private boolean mayBeWritten(String key) {
        return written != null && written.mayContain(key);
    }

    @Override
    public void put(R row) {
        var entry = held.computeIfAbsent(rows.keyOf(row), key -> new Held<>(row, mayBeWritten(key)));
        entry.row = row;
        entry.changed = true;
    }

    /** After a batch of events: writes rows if there are too many in memory. */
    public void trim() {
        if (held.size() > MAX_ROWS) {
            write(held.size() - KEPT_ROWS);
        }
    }

    /** Writes all that is not written yet. */
    public void flush() {
        write(held.size());
    }

    private void write(int longestUnchanged) {
        if (written == null) {
            written = new KeyFilter();
        }
        var filter = written;
        var leaving = new ArrayList<Held<R>>(longestUnchanged);
        var entries = held.entrySet().iterator();
        for (int i = 0; i < longestUnchanged; i++) {
            var entry = entries.next();
            filter.add(entry.getKey());
            leaving.add(entry.getValue());
            entries.remove();
        }
        table.add(those(leaving, it -> !it.inTable));
        var changed = those(leaving, it -> it.inTable && it.changed);
        if (!changed.isEmpty()) {
            index.run();
            table.write(changed);
        }
    }

    private List<R> those(List<Held<R>> leaving, Predicate<Held<R>> which) {
        return leaving.stream().filter(which).map(it -> it.row).toList();
    }
}
