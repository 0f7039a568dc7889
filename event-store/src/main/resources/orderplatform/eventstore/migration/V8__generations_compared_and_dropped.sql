-- How many rows a next generation and the live one had when both were at one position, and a checksum of each.
ALTER TABLE replay
    ADD COLUMN compared_at   bigint,
    ADD COLUMN rows          bigint,
    ADD COLUMN checksum      text,
    ADD COLUMN live_rows     bigint,
    ADD COLUMN live_checksum text;

-- A last generation is kept for a time only.
ALTER TABLE generation ADD COLUMN previous_since timestamptz;
UPDATE generation SET previous_since = now() WHERE previous IS NOT NULL;
