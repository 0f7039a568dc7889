-- What an operator asked of a node that can't do it: a node that can takes it up. One of each parked sequence.
CREATE TABLE parked_request (
    parked_id uuid        PRIMARY KEY REFERENCES parked ON DELETE CASCADE,
    action    text        NOT NULL,
    position  bigint      NOT NULL,
    reason    text        NOT NULL,
    asked_at  timestamptz NOT NULL,
    taken_at  timestamptz
);

-- Signed checkpoints of all nodes, for all nodes to show. Each node keeps its own outside of the database, too.
CREATE TABLE checkpoint (
    signature text   PRIMARY KEY,
    position  bigint NOT NULL,
    hash      text   NOT NULL,
    key_id    text   NOT NULL,
    signed_at text   NOT NULL
);

CREATE INDEX checkpoint_by_position ON checkpoint (position);

CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
