-- An order's history is read from the log.
DROP TABLE order_history;

-- Nobody moves its token any more, in whichever store it is.
DO $$
BEGIN
    IF to_regclass('event_log.token') IS NOT NULL THEN
        DELETE FROM event_log.token WHERE processor_name = 'history';
    END IF;
    IF to_regclass('token_entry') IS NOT NULL THEN
        DELETE FROM token_entry WHERE processor_name = 'history';
    END IF;
END
$$;
