-- What an order did to the stock, by the id that all has in common which one call brought about. Events of the order and of its
-- payment are found by their streams, so the log has no more to write for them.
DO $$
BEGIN
    IF to_regclass('event_log.event') IS NOT NULL THEN
        CREATE INDEX stock_event_by_correlation ON event_log.event ((metadata ->> 'correlationId'))
            WHERE starts_with(event_type, 'stock.');
    END IF;
END $$;
