package orderplatform.app.benchmarks.byhand;

import java.sql.Connection;
import java.sql.SQLException;

/** The tables, with the columns and indexes of the platform's, and the one statement that writes to them. */
interface Schema {

    String LOG = """
            CREATE SCHEMA floor;
            CREATE TABLE floor.event (
                position    bigint      PRIMARY KEY,
                stream      text        NOT NULL,
                version     bigint      NOT NULL,
                event_id    uuid        NOT NULL,
                event_type  text        NOT NULL,
                revision    text,
                stream_type text,
                recorded_at timestamptz NOT NULL,
                payload     json        NOT NULL,
                metadata    json        NOT NULL,
                UNIQUE (stream, version)
            );
            CREATE INDEX stock_event_by_correlation ON floor.event ((metadata ->> 'correlationId'))
                WHERE starts_with(event_type, 'stock.');
            CREATE TABLE floor.batch (
                first_position bigint      PRIMARY KEY,
                last_position  bigint      NOT NULL,
                previous_hash  bytea       NOT NULL,
                hash           bytea       NOT NULL,
                recorded_at    timestamptz NOT NULL
            );
            CREATE TABLE floor.tail (position bigint NOT NULL, hash bytea NOT NULL);
            INSERT INTO floor.tail VALUES (-1, decode(repeat('00', 32), 'hex'));
            CREATE TABLE floor.relayed (position bigint NOT NULL);
            INSERT INTO floor.relayed VALUES (-1);
            """;

    String ROWS = """
            CREATE TABLE floor.idempotency_key (
                key         varchar(255) PRIMARY KEY,
                fingerprint bytea        NOT NULL,
                answered_at timestamptz  NOT NULL,
                status      integer      NOT NULL,
                headers     text         NOT NULL,
                body        text         NOT NULL
            );
            CREATE INDEX idempotency_key_by_time ON floor.idempotency_key USING brin (answered_at);
            CREATE TABLE floor.order_view (
                order_id        text        PRIMARY KEY,
                customer_id     text        NOT NULL,
                status          text        NOT NULL,
                currency        text        NOT NULL,
                total           bigint      NOT NULL,
                lines           jsonb       NOT NULL,
                payment_status  text        NOT NULL,
                authorised      bigint      NOT NULL,
                captured        bigint      NOT NULL,
                refunded        bigint      NOT NULL,
                placed_at       timestamptz NOT NULL,
                updated_at      timestamptz NOT NULL,
                version         bigint      NOT NULL,
                payment_version bigint      NOT NULL,
                placed_position bigint      NOT NULL,
                position        bigint      NOT NULL,
                rejection       jsonb,
                phase           text        GENERATED ALWAYS AS (
                    CASE WHEN status IN ('CONFIRMED', 'REJECTED', 'CANCELLED') THEN status ELSE 'OPEN' END) STORED
            ) WITH (fillfactor = 60);
            CREATE UNIQUE INDEX order_view_newest ON floor.order_view (placed_position DESC);
            CREATE INDEX order_view_of_customer ON floor.order_view (customer_id, placed_position DESC);
            CREATE INDEX order_view_in_phase ON floor.order_view (phase, placed_position DESC);
            CREATE TABLE floor.stock_view (
                sku       text   PRIMARY KEY,
                on_hand   bigint NOT NULL,
                reserved  bigint NOT NULL,
                allocated bigint NOT NULL,
                version   bigint NOT NULL,
                position  bigint NOT NULL
            ) WITH (fillfactor = 60);
            CREATE TABLE floor.revenue_order (
                order_id text  PRIMARY KEY,
                day      date,
                currency text  NOT NULL,
                lines    jsonb NOT NULL
            ) WITH (fillfactor = 60);
            CREATE INDEX revenue_order_by_day ON floor.revenue_order (day) WHERE day IS NOT NULL;
            CREATE TABLE floor.contact (order_id text PRIMARY KEY, email text);
            """;

    /** All that a batch changes, in one round trip and one commit. The caller knows the tail, which only has to be as it says. */
    String WRITE = """
            CREATE FUNCTION floor.write(
                first_position bigint, known_hash bytea, new_hash bytea, at timestamptz,
                expected_streams text[], expected_versions bigint[],
                streams text[], versions bigint[], ids uuid[], types text[], stream_types text[],
                payloads text[], metadatas text[],
                placed text[], customers text[], currencies text[], totals bigint[], lines text[], sales text[],
                emails text[], placed_positions bigint[], placed_last bigint[],
                keys text[], fingerprints bytea[], headers text[], bodies text[],
                settled_ids text[], settled_last bigint[], captured_ids text[], captured_last bigint[],
                skus text[], on_hand bigint[], reserved bigint[], allocated bigint[],
                stock_versions bigint[], stock_positions bigint[]) RETURNS void
            LANGUAGE plpgsql AS $$
            DECLARE
                last_position bigint := first_position + cardinality(streams) - 1;
            BEGIN
                PERFORM 1 FROM floor.tail t WHERE t.position = first_position - 1 AND t.hash = known_hash FOR UPDATE;
                IF NOT FOUND THEN
                    RAISE EXCEPTION 'the tail is another''s';
                END IF;
                PERFORM 1 FROM unnest(expected_streams, expected_versions) AS expected (stream, version)
                WHERE expected.version <> coalesce(
                    (SELECT e.version FROM floor.event e WHERE e.stream = expected.stream ORDER BY e.version DESC LIMIT 1), -1);
                IF FOUND THEN
                    RAISE EXCEPTION 'a stream is not at its expected version';
                END IF;
                INSERT INTO floor.event
                SELECT first_position - 1 + given.number, given.stream, given.version, given.id, given.type, '1',
                       given.stream_type, at, given.payload::json, given.metadata::json
                FROM unnest(streams, versions, ids, types, stream_types, payloads, metadatas) WITH ORDINALITY
                    AS given (stream, version, id, type, stream_type, payload, metadata, number);
                INSERT INTO floor.batch VALUES (first_position, last_position, known_hash, new_hash, at);
                UPDATE floor.tail SET position = last_position, hash = new_hash;
                IF cardinality(placed) > 0 THEN
                    INSERT INTO floor.idempotency_key
                    SELECT given.key, given.fingerprint, at, 201, given.headers, given.body
                    FROM unnest(keys, fingerprints, headers, bodies) AS given (key, fingerprint, headers, body);
                    INSERT INTO floor.order_view
                    SELECT given.id, given.customer, 'AWAITING_PAYMENT', given.currency, given.total, given.lines::jsonb,
                           'PENDING', 0, 0, 0, at, at, 0, 0, given.position, given.last
                    FROM unnest(placed, customers, currencies, totals, lines, placed_positions, placed_last)
                        AS given (id, customer, currency, total, lines, position, last);
                    INSERT INTO floor.revenue_order
                    SELECT given.id, NULL, given.currency, given.sales::jsonb
                    FROM unnest(placed, currencies, sales) AS given (id, currency, sales);
                    INSERT INTO floor.contact SELECT given.id, given.email FROM unnest(placed, emails) AS given (id, email);
                END IF;
                IF cardinality(settled_ids) > 0 THEN
                    UPDATE floor.order_view v
                    SET status = 'CONFIRMED', payment_status = 'AUTHORISED', authorised = v.total, version = 1,
                        payment_version = 2, updated_at = at, position = given.last
                    FROM unnest(settled_ids, settled_last) AS given (id, last) WHERE v.order_id = given.id;
                    UPDATE floor.revenue_order r SET day = at::date
                    FROM unnest(settled_ids) AS given (id) WHERE r.order_id = given.id;
                END IF;
                IF cardinality(captured_ids) > 0 THEN
                    UPDATE floor.order_view v
                    SET payment_status = 'CAPTURED', captured = v.total, payment_version = 3, updated_at = at,
                        position = given.last
                    FROM unnest(captured_ids, captured_last) AS given (id, last) WHERE v.order_id = given.id;
                END IF;
                INSERT INTO floor.stock_view
                SELECT given.* FROM unnest(skus, on_hand, reserved, allocated, stock_versions, stock_positions)
                    AS given (sku, on_hand, reserved, allocated, version, position)
                ON CONFLICT (sku) DO UPDATE
                SET on_hand = excluded.on_hand, reserved = excluded.reserved, allocated = excluded.allocated,
                    version = excluded.version, position = excluded.position;
            END $$
            """;

    /** A session keeps the plans that it has made for empty tables, so those that read a whole table or index are ruled out. */
    String PLANS = "SET enable_seqscan = off; SET enable_mergejoin = off; SET enable_hashjoin = off";

    static void create(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(LOG);
            statement.execute(ROWS);
            statement.execute(WRITE);
            statement.execute(PLANS);
        }
    }
}
