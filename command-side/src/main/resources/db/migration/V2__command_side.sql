-- What a write with an Idempotency-Key answered; status is null while the first attempt runs.
CREATE TABLE idempotency_key (
    key         varchar(255) PRIMARY KEY,
    fingerprint bytea NOT NULL,
    claimed_at  timestamptz NOT NULL,
    status      integer,
    headers     text,
    body        text
);

CREATE INDEX idempotency_key_by_claimed_at ON idempotency_key (claimed_at);
