-- A session keeps the plans of the append, which it may have made while there was next to nothing in the tables: each must find
-- its rows by an index, however many there are later, and is made once. The scan of tail, which has one row, has no other way; the
-- price that enable_seqscan puts on it must not make PostgreSQL compile each call to machine code, which took 45 ms a statement.
--
-- A saga's due time moves only if somebody has to look earlier than before, or has looked: an update that leaves it touches no index.
CREATE OR REPLACE FUNCTION append(
    expected_streams text[], expected_versions bigint[],
    saga_ids text[], saga_types text[], saga_expected bigint[], saga_versions bigint[],
    saga_states text[], saga_deadlines text[], saga_dues timestamptz[],
    streams text[], versions bigint[], ids uuid[], types text[], revisions text[], stream_types text[],
    times timestamptz[], payloads text[], metadatas text[],
    digest bytea, node text,
    OUT first_position bigint, OUT conflicts text[], OUT lock_wait_micros bigint)
LANGUAGE plpgsql SET search_path FROM CURRENT SET jit = off SET plan_cache_mode = force_generic_plan
    SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    asked_at timestamptz := clock_timestamp();
    head record;
    last_position bigint;
    new_hash bytea;
BEGIN
    SELECT t.position, t.hash INTO head FROM tail t FOR UPDATE;
    lock_wait_micros := extract(epoch FROM clock_timestamp() - asked_at) * 1000000;

    SELECT array_agg(expected.stream) INTO conflicts
    FROM unnest(expected_streams, expected_versions) AS expected (stream, version)
    WHERE expected.version <> coalesce(
        (SELECT e.version FROM event e WHERE e.stream = expected.stream ORDER BY e.version DESC LIMIT 1), -1);
    conflicts := conflicts || (
        SELECT array_agg(expected.saga) FROM unnest(saga_ids, saga_expected) AS expected (saga, version)
        WHERE expected.version <> coalesce((SELECT s.version FROM saga s WHERE s.saga_id = expected.saga), -1));
    IF conflicts IS NOT NULL THEN
        RETURN;
    END IF;

    IF cardinality(saga_ids) > 0 THEN
        MERGE INTO saga AS known
        USING unnest(saga_ids, saga_types, saga_versions, saga_states, saga_deadlines, saga_dues)
            AS given (id, type, version, state, deadlines, due)
        ON known.saga_id = given.id
        WHEN MATCHED AND given.state IS NULL THEN DELETE
        WHEN MATCHED THEN UPDATE
            SET version = given.version, state = given.state::json, deadlines = given.deadlines,
                due = CASE WHEN known.due > clock_timestamp() THEN least(known.due, given.due) ELSE given.due END
        WHEN NOT MATCHED AND given.state IS NOT NULL THEN
            INSERT (saga_id, type, version, state, deadlines, due)
            VALUES (given.id, given.type, given.version, given.state::json, given.deadlines, given.due);
    END IF;
    IF cardinality(streams) = 0 THEN
        RETURN;
    END IF;

    first_position := head.position + 1;
    last_position := head.position + cardinality(streams);
    new_hash := sha256(head.hash || int8send(first_position) || int8send(last_position) || digest);
    INSERT INTO event (position, stream, version, event_id, event_type, revision, stream_type, recorded_at, payload, metadata)
    SELECT head.position + given.number, given.stream, given.version, given.id, given.type, given.revision, given.stream_type,
           given.at, given.payload::json, given.metadata::json
    FROM unnest(streams, versions, ids, types, revisions, stream_types, times, payloads, metadatas) WITH ORDINALITY
        AS given (stream, version, id, type, revision, stream_type, at, payload, metadata, number);
    INSERT INTO batch VALUES (first_position, last_position, head.hash, new_hash, clock_timestamp(), node);
    UPDATE tail SET position = last_position, hash = new_hash;
    PERFORM pg_notify('event_log', last_position || ' ' || node);
END $$;
