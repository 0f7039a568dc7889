package orderplatform.app.benchmarks.load;

import java.sql.SQLException;
import orderplatform.app.benchmarks.process.Database;

/**
 * Makes logs long: copies the events of one order, each copy under ids of its own, straight into the table, and lets
 * every reader pass over them. No platform may run meanwhile.
 */
public final class LogLoader {

    /** Copies by number, of the rows of {@code template}. */
    private static final String ORDERS = """
            SELECT n, place, source,
                   CASE WHEN of_sku THEN 'stock-C-' || n ELSE replace(stream, order_id, copy_id) END AS stream,
                   CASE WHEN of_sku THEN place_in_stream - 1 ELSE version END AS version,
                   replace(replace(payload, order_id, copy_id), '"' || sku || '"', '"C-' || n || '"') AS payload
            FROM (SELECT *, '00000000-0000-4000-9000-' || lpad(n::text, 12, '0') AS copy_id
                  FROM template, generate_series(1, %d) n) numbered""";

    /** A reservation and its allocation, again and again on the same SKU. */
    private static final String SALES = """
            SELECT n, place_in_stream AS place, source, stream, version + 2 * n AS version,
                   jsonb_set(replace(payload, order_id, copy_id)::jsonb, '{levels}', jsonb_build_object(
                       'onHand', payload::jsonb #> '{levels,onHand}',
                       'reserved', 2 - place_in_stream,
                       'allocated', (payload::jsonb #>> '{levels,allocated}')::bigint + n))::text AS payload
            FROM (SELECT *, '00000000-0000-4000-a000-' || lpad(n::text, 12, '0') AS copy_id
                  FROM template, generate_series(1, %d) n WHERE of_sku) numbered""";

    /**
     * Batches of 50 events with the hashes that a verification finds: each event's fields, texts led by their length in four
     * bytes, numbers and times in eight.
     */
    private static final String CHAIN = """
            DO $$
            DECLARE
                link record;
                done record;
            BEGIN
                SELECT position, hash INTO done FROM event_log.tail;
                FOR link IN
                    SELECT min(position) AS first, max(position) AS last, sha256(string_agg(
                        pg_temp.led(stream) || int8send(version) || pg_temp.led(event_id::text) || pg_temp.led(event_type)
                        || pg_temp.led(revision) || pg_temp.led(stream_type)
                        || int8send((extract(epoch FROM recorded_at) * 1000000)::bigint)
                        || pg_temp.led(payload::text) || pg_temp.led(metadata::text), '' ORDER BY position)) AS digest
                    FROM event_log.event WHERE position > done.position
                    GROUP BY (position - done.position - 1) / 50 ORDER BY 1
                LOOP
                    INSERT INTO event_log.batch VALUES (link.first, link.last, done.hash,
                        sha256(done.hash || int8send(link.first) || int8send(link.last) || link.digest), now(), 'loader')
                    RETURNING last_position AS position, hash INTO done;
                END LOOP;
                UPDATE event_log.tail SET position = done.position, hash = done.hash;
            END $$""";

    /** A function that leads a text by its length, as the hashes have it. */
    public static final String LED = """
            CREATE FUNCTION pg_temp.led(value text) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
                SELECT CASE WHEN value IS NULL THEN int4send(-1)
                    ELSE int4send(octet_length(convert_to(value, 'UTF8'))) || convert_to(value, 'UTF8') END
            $$""";

    private final Database database;
    private final LogTable table;
    private final String template;
    private final int rows;

    /** @param orderId of a confirmed order of one line, which is the template */
    public LogLoader(Database database, String orderId, String sku) throws SQLException {
        this.database = database;
        table = LogTable.of(database);
        rows = table.rowsOf(orderId, sku, database).size();
        template = """
                CREATE TABLE template AS
                SELECT row_number() OVER (ORDER BY position) AS place,
                       row_number() OVER (PARTITION BY stream ORDER BY position) AS place_in_stream,
                       stream = 'stock-%2$s' AS of_sku, position AS source, stream, version, payload,
                       '%1$s' AS order_id, '%2$s' AS sku
                FROM (%3$s) events""".formatted(orderId, sku, table.eventsOf(orderId, sku));
    }

    /** Adds about so many events of orders with their payments and stock. */
    public void addOrders(long events) throws SQLException {
        load(ORDERS.formatted(events / rows), rows);
    }

    /** Makes the SKU's stream so many events longer. */
    public void addSales(long events) throws SQLException {
        load(SALES.formatted(events / 2), 2);
    }

    private void load(String copies, int each) throws SQLException {
        database.execute("DROP TABLE IF EXISTS template", template);
        long head = table.head(database);
        switch (table) {
            case AXON -> intoAxon(copies, head, each);
            case ENGINE -> intoEngine(copies, head, each);
        }
        table.passAll(database);
        database.execute("DROP TABLE template", "VACUUM ANALYZE " + table.table(), "CHECKPOINT");
    }

    private void intoAxon(String copies, long head, int each) throws SQLException {
        database.execute(
                """
                INSERT INTO domain_event_entry (global_index, event_identifier, time_stamp, payload_type, payload_revision,
                    payload, meta_data, aggregate_identifier, sequence_number, type)
                SELECT %d + (n - 1) * %d + place, gen_random_uuid()::text, e.time_stamp, e.payload_type, e.payload_revision,
                       convert_to(c.payload, 'UTF8'), e.meta_data, c.stream, c.version, e.type
                FROM (%s) c JOIN domain_event_entry e ON e.global_index = c.source ORDER BY n, place""".formatted(head, each, copies),
                "SELECT setval('domain_event_entry_seq', max(global_index) + 50) FROM domain_event_entry");
    }

    private void intoEngine(String copies, long head, int each) throws SQLException {
        database.execute("""
                INSERT INTO event_log.event (position, stream, version, event_id, event_type, revision, stream_type,
                    recorded_at, payload, metadata)
                SELECT %d + (n - 1) * %d + place, c.stream, c.version, gen_random_uuid(), e.event_type, e.revision,
                       e.stream_type, e.recorded_at, c.payload::json, e.metadata
                FROM (%s) c JOIN event_log.event e ON e.position = c.source ORDER BY n, place""".formatted(head, each, copies), LED, CHAIN);
    }
}
