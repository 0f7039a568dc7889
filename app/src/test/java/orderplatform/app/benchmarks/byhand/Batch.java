package orderplatform.app.benchmarks.byhand;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** The events and rows of one commit. */
final class Batch {

    private final long first;
    private final Instant at;
    private final List<Event> events = new ArrayList<>();
    private final Map<String, Long> expected = new LinkedHashMap<>();
    private final Set<Stock> stock = new LinkedHashSet<>();
    private final List<Placed> placed = new ArrayList<>();
    private final List<Moved> settled = new ArrayList<>();
    private final List<Moved> captured = new ArrayList<>();

    /**
     * An order whose row is new.
     *
     * @param position of its first event
     * @param last event of it in this batch
     */
    record Placed(Order order, long position, Event last, Order.Answer answer) {}

    /** An order whose row changes. */
    record Moved(Order order, Event last) {}

    Batch(long first, Instant at) {
        this.first = first;
        this.at = at;
    }

    long next() {
        return first + events.size();
    }

    Event append(
            String stream, long version, String type, String streamType, String payload, UUID correlation, UUID cause) {
        var metadata = "{\"actor\":\"anonymous\",\"causationId\":\"" + Ids.next() + "\",\"correlationId\":\""
                + correlation + (cause == null ? "\"}" : "\",\"causingEventId\":\"" + cause + "\"}");
        var event =
                new Event(next(), stream, version, Ids.next(), correlation, type, streamType, at, payload, metadata);
        expected.putIfAbsent(stream, version - 1);
        events.add(event);
        return event;
    }

    void changed(Stock item) {
        stock.add(item);
    }

    void placed(Placed order) {
        placed.add(order);
    }

    void settled(Moved order) {
        settled.add(order);
    }

    void captured(Moved order) {
        captured.add(order);
    }

    /** What Redis is to show, by key. Taken before the next batch changes the levels. */
    Map<String, String> views() {
        var views = new LinkedHashMap<String, String>();
        settled.forEach(row -> views.put(
                "floor:order:" + row.order().id(), row.order().view(row.last().position(), at)));
        stock.forEach(item -> views.put("floor:stock:" + item.sku(), item.view()));
        return views;
    }

    List<Event> events() {
        return events;
    }

    List<Placed> placed() {
        return placed;
    }

    List<Moved> settled() {
        return settled;
    }

    List<Moved> captured() {
        return captured;
    }

    /** The link of the chain that this batch is. */
    byte[] hash(byte[] known) {
        try {
            var contents = MessageDigest.getInstance("SHA-256");
            events.forEach(event -> event.digestInto(contents));
            var link = MessageDigest.getInstance("SHA-256");
            link.update(known);
            Event.number(first, link);
            Event.number(next() - 1, link);
            return link.digest(contents.digest());
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    void bind(PreparedStatement write, byte[] known, byte[] hash) throws SQLException {
        var columns = new Columns(write);
        columns.number(first).bytes(known).bytes(hash).time(at.atOffset(ZoneOffset.UTC));
        columns.texts(expected.keySet()).numbers(expected.values());
        columns.texts(of(events, Event::stream))
                .numbers(of(events, Event::version))
                .ids(of(events, Event::id))
                .texts(of(events, Event::type))
                .texts(of(events, Event::streamType))
                .texts(of(events, Event::payload))
                .texts(of(events, Event::metadata));
        columns.texts(of(placed, row -> row.order().id().toString()))
                .texts(of(placed, row -> row.order().body().customerId()))
                .texts(of(placed, row -> row.order().body().currency()))
                .numbers(of(placed, row -> row.order().total()))
                .texts(of(placed, row -> row.order().lines()))
                .texts(of(placed, row -> row.order().sales()))
                .texts(of(placed, row -> row.order().email()))
                .numbers(of(placed, Placed::position))
                .numbers(of(placed, row -> row.last().position()))
                .texts(of(placed, row -> row.order().key()))
                .bytes(of(placed, row -> row.order().fingerprint()))
                .texts(of(placed, row -> row.answer().headers()))
                .texts(of(placed, row -> row.answer().body()));
        columns.moved(settled).moved(captured);
        columns.texts(of(stock, Stock::sku))
                .numbers(of(stock, Stock::onHand))
                .numbers(of(stock, Stock::reserved))
                .numbers(of(stock, Stock::allocated))
                .numbers(of(stock, Stock::version))
                .numbers(of(stock, Stock::position));
    }

    static <T, V> List<V> of(Collection<T> rows, Function<T, V> column) {
        return rows.stream().map(column).toList();
    }
}
