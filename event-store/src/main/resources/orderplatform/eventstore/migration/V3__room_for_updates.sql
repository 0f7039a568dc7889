-- Rows that change within a second of their making: with room on their page, a change touches no index.
ALTER TABLE saga SET (fillfactor = 50);
