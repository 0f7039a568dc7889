-- A sequence, such as the events of one order, that a reader could not go on with, and the events of it that wait.
CREATE TABLE parked (
    parked_id uuid        PRIMARY KEY,
    processor text        NOT NULL,
    segment   integer     NOT NULL,
    sequence  text        NOT NULL,
    cause     text        NOT NULL,
    attempts  integer     NOT NULL,
    parked_at timestamptz NOT NULL,
    tried_at  timestamptz NOT NULL,
    UNIQUE (processor, segment, sequence)
);

CREATE INDEX parked_by_time ON parked (parked_at, parked_id);

CREATE TABLE parked_event (
    parked_id uuid   NOT NULL REFERENCES parked ON DELETE CASCADE,
    position  bigint NOT NULL,
    PRIMARY KEY (parked_id, position)
);
