package orderplatform.eventstore.log;

import java.util.List;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/** Reads on page by page as it is consumed, until a page is not full. */
final class Pages extends AbstractSpliterator<StoredEvent> {

    /** Of UTF-8, for a character of Java. */
    private static final int MAX_BYTES_PER_CHARACTER = 3;

    private final LongFunction<List<StoredEvent>> read;
    private final ToLongFunction<StoredEvent> next;
    private List<StoredEvent> page;
    private int index;

    Pages(long start, LongFunction<List<StoredEvent>> read, ToLongFunction<StoredEvent> next) {
        super(Long.MAX_VALUE, ORDERED | NONNULL | IMMUTABLE);
        this.read = read;
        this.next = next;
        this.page = read.apply(start);
    }

    @Override
    public boolean tryAdvance(Consumer<? super StoredEvent> action) {
        if (index == page.size()) {
            if (!isFull()) {
                return false;
            }
            page = read.apply(next.applyAsLong(page.getLast()));
            index = 0;
            if (page.isEmpty()) {
                return false;
            }
        }
        action.accept(page.get(index++));
        return true;
    }

    /** Of rows, or, as far as can be told of their characters, of bytes. */
    private boolean isFull() {
        return page.size() == PostgresEventStorageEngine.PAGE
                || MAX_BYTES_PER_CHARACTER
                                * page.stream().mapToLong(StoredEvent::size).sum()
                        >= LogTable.PAGE_BYTES;
    }
}
