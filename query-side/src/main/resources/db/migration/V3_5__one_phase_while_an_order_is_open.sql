-- A row that changes in a column with an index is written with all of its indexes anew. An order passes through three
-- statuses within a second and then stays in one: the index changes with that last step alone.
DO $$
DECLARE
    generation record;
BEGIN
    FOR generation IN
        SELECT n.nspname AS schema, n.nspname IN (current_schema(), 'last_generation') AS has_indexes
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relname = 'order_view' AND c.relkind = 'r'
          AND n.nspname IN (current_schema(), 'last_generation', 'next_generation', 'sandbox')
    LOOP
        EXECUTE format('ALTER TABLE %I.order_view ADD COLUMN phase text GENERATED ALWAYS AS ('
            'CASE WHEN status IN (''CONFIRMED'', ''REJECTED'', ''CANCELLED'') THEN status ELSE ''OPEN'' END) STORED', generation.schema);
        EXECUTE format('DROP INDEX IF EXISTS %I.order_view_in_status', generation.schema);
        IF generation.has_indexes THEN
            EXECUTE format('CREATE INDEX order_view_in_phase ON %I.order_view (phase, placed_position DESC)', generation.schema);
        END IF;
    END LOOP;
END $$;
