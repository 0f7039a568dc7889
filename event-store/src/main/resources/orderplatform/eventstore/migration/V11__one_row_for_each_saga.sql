-- A saga is one row, which the append writes with the events that changed it: its id is its type and what it is associated
-- with, its deadlines are a list, and the first of them is what the nodes look for.
ALTER TABLE saga ADD COLUMN deadlines text NOT NULL DEFAULT '[]', ADD COLUMN due timestamptz;

UPDATE saga SET deadlines = pending.deadlines, due = pending.due
FROM (SELECT scope ->> 'identifier' AS saga_id, min(due) AS due,
             json_agg(json_build_object(
                 'id', deadline_id, 'name', name, 'dueMicros', (extract(epoch FROM due) * 1000000)::bigint,
                 'payload', payload::text, 'payloadType', payload_type, 'metadata', metadata::text) ORDER BY due)::text AS deadlines
      FROM deadline GROUP BY scope ->> 'identifier') AS pending
WHERE pending.saga_id = saga.saga_id;

-- No event finds a saga without an association.
DELETE FROM saga WHERE NOT EXISTS (SELECT 1 FROM saga_association AS known WHERE known.saga_id = saga.saga_id);
UPDATE saga SET saga_id = saga.type || '-' || known.value
FROM (SELECT saga_id, min(value) AS value FROM saga_association GROUP BY saga_id) AS known
WHERE known.saga_id = saga.saga_id;

-- What is parked waits behind what its saga is associated with.
UPDATE parked SET sequence = 'pay-' || sequence WHERE processor = 'payments' AND sequence NOT LIKE 'pay-%';

CREATE INDEX saga_by_due ON saga (due) WHERE due IS NOT NULL;
DROP TABLE saga_association, deadline, reader_node;

DROP FUNCTION append(text[], bigint[], text[], bigint[], text[], bigint[], uuid[], text[], text[], text[], timestamptz[], text[], text[], bytea, text);

-- A saga without a row is expected at version -1. One without a state is over. Without events, only sagas are written.
-- A session keeps its plan, which it may have made while there were few sagas: it must not read the whole table later.
CREATE FUNCTION append(
    expected_streams text[], expected_versions bigint[],
    saga_ids text[], saga_types text[], saga_expected bigint[], saga_versions bigint[],
    saga_states text[], saga_deadlines text[], saga_dues timestamptz[],
    streams text[], versions bigint[], ids uuid[], types text[], revisions text[], stream_types text[],
    times timestamptz[], payloads text[], metadatas text[],
    digest bytea, node text,
    OUT first_position bigint, OUT conflicts text[], OUT lock_wait_micros bigint)
LANGUAGE plpgsql SET search_path FROM CURRENT SET enable_seqscan = off AS $$
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
            SET version = given.version, state = given.state::json, deadlines = given.deadlines, due = given.due
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
