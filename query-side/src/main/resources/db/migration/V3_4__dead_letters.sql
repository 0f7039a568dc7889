-- Messages that were given up, where operators can see them: out of a queue they would have to be taken.
CREATE TABLE dead_letter (
    dead_letter_id uuid        PRIMARY KEY,
    body           bytea       NOT NULL,
    type           text,
    cause          text        NOT NULL,
    attempts       integer     NOT NULL,
    dead_at        timestamptz NOT NULL
);

CREATE INDEX dead_letter_by_time ON dead_letter (dead_at, dead_letter_id);
