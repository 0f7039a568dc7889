package orderplatform.eventstore.log;

import java.util.List;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/** Reads on page by page as it is consumed, until a page is not full. */
final class Pages extends AbstractSpliterator<StoredEvent> {

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
            if (page.size() < PostgresEventStorageEngine.PAGE) {
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
}
