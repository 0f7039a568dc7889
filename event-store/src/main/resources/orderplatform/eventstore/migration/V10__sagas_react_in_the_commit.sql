-- A saga that reacts in the commit of an event is one more thing that the append checks: its row must be at the version
-- that the reaction was decided on. Everything that writes such a row holds the lock at the tail.
DROP FUNCTION append(text[], bigint[], text[], bigint[], uuid[], text[], text[], text[], timestamptz[], text[], text[], bytea, text);

CREATE FUNCTION append(
    expected_streams text[], expected_versions bigint[],
    expected_sagas text[], expected_saga_versions bigint[],
    streams text[], versions bigint[], ids uuid[], types text[], revisions text[], stream_types text[],
    times timestamptz[], payloads text[], metadatas text[],
    digest bytea, node text,
    OUT first_position bigint, OUT conflicts text[], OUT lock_wait_micros bigint)
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
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
        SELECT array_agg(expected.saga) FROM unnest(expected_sagas, expected_saga_versions) AS expected (saga, version)
        WHERE expected.version IS DISTINCT FROM (SELECT s.version FROM saga s WHERE s.saga_id = expected.saga));
    IF conflicts IS NOT NULL THEN
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
