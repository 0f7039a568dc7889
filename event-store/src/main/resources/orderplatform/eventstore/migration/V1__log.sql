-- The log. Whoever appends locks the one row of tail first and commits next, so positions are gapless and in the order of
-- commits, and a reader that has passed a position has seen everything before it.

CREATE TABLE event (
    position    bigint      PRIMARY KEY,
    stream      text        NOT NULL,
    version     bigint      NOT NULL,
    event_id    uuid        NOT NULL,
    event_type  text        NOT NULL,
    revision    text,
    stream_type text,
    recorded_at timestamptz NOT NULL,
    -- json, not jsonb: the hash is over the bytes as they were written, and json keeps them.
    payload     json        NOT NULL,
    metadata    json        NOT NULL,
    UNIQUE (stream, version)
);

CREATE TABLE batch (
    first_position bigint      PRIMARY KEY,
    last_position  bigint      NOT NULL,
    previous_hash  bytea       NOT NULL,
    hash           bytea       NOT NULL,
    recorded_at    timestamptz NOT NULL,
    node           text        NOT NULL
);

CREATE TABLE tail (
    single   boolean PRIMARY KEY DEFAULT true CHECK (single),
    position bigint  NOT NULL,
    hash     bytea   NOT NULL
);

INSERT INTO tail (position, hash) VALUES (-1, '\x0000000000000000000000000000000000000000000000000000000000000000');

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log only grows: % of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON batch
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Appends a batch in one round trip. Takes the lock at the tail; returns the streams whose last version is not the
-- expected one and appends nothing then, still holding the lock, so that the caller can append the rest for sure.
CREATE FUNCTION append(
    expected_streams text[], expected_versions bigint[],
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

-- Streams whose last version is not the expected one: what was decided on them is out of date.
CREATE FUNCTION stale(expected_streams text[], expected_versions bigint[]) RETURNS SETOF text
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
    SELECT expected.stream
    FROM unnest(expected_streams, expected_versions) AS expected (stream, version)
    WHERE expected.version <> coalesce(
        (SELECT e.version FROM event e WHERE e.stream = expected.stream ORDER BY e.version DESC LIMIT 1), -1);
$$;
