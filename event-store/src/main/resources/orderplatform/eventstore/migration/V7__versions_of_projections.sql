-- By which version of its projection's code a generation was built. Those from before it was noted are of the first.
ALTER TABLE generation ADD COLUMN version integer NOT NULL DEFAULT 1, ADD COLUMN previous_version integer;
UPDATE generation SET previous_version = 1 WHERE previous IS NOT NULL;

ALTER TABLE replay ADD COLUMN version integer NOT NULL DEFAULT 1;
