-- Only the newest snapshot of a stream is kept. The shape tells the aggregate class that it was taken of.
CREATE TABLE snapshot (
    stream      text        PRIMARY KEY,
    version     bigint      NOT NULL,
    stream_type text        NOT NULL,
    event_id    uuid        NOT NULL,
    recorded_at timestamptz NOT NULL,
    class       text        NOT NULL,
    shape       text        NOT NULL,
    payload     json        NOT NULL
);

-- How far each segment of each reader got, as Axon's JDBC token store keeps it.
CREATE TABLE token (
    processor_name text    NOT NULL,
    segment        integer NOT NULL,
    token          bytea,
    token_type     text,
    timestamp      text    NOT NULL,
    owner          text,
    PRIMARY KEY (processor_name, segment)
);

CREATE TABLE saga (
    saga_id text   PRIMARY KEY,
    type    text   NOT NULL,
    version bigint NOT NULL,
    state   json   NOT NULL
);

CREATE TABLE saga_association (
    type    text NOT NULL,
    key     text NOT NULL,
    value   text NOT NULL,
    saga_id text NOT NULL,
    PRIMARY KEY (type, key, value, saga_id)
);

CREATE INDEX saga_association_of_saga ON saga_association (saga_id);

CREATE TABLE deadline (
    deadline_id uuid        PRIMARY KEY,
    due         timestamptz NOT NULL,
    name        text        NOT NULL,
    scope       json        NOT NULL,
    scope_type  text        NOT NULL,
    payload     json,
    payload_type text,
    metadata    json        NOT NULL
);

CREATE INDEX deadline_by_due ON deadline (due);
