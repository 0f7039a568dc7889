-- A row is written once, with its answer; the attempts under way are in memory.
DELETE FROM idempotency_key WHERE status IS NULL;
DROP INDEX idempotency_key_by_claimed_at;
ALTER TABLE idempotency_key RENAME COLUMN claimed_at TO answered_at;
ALTER TABLE idempotency_key
    ALTER COLUMN status SET NOT NULL,
    ALTER COLUMN headers SET NOT NULL,
    ALTER COLUMN body SET NOT NULL;
CREATE INDEX idempotency_key_by_time ON idempotency_key USING brin (answered_at);
