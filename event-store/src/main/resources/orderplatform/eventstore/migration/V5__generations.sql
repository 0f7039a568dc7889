-- A projection's table is rebuilt beside the live one: under the same name in a schema of its own, into whose place it is
-- moved in one transaction. The one that was live is kept in another.
CREATE SCHEMA next_generation;
CREATE SCHEMA last_generation;
CREATE SCHEMA sandbox;

CREATE TABLE generation (
    projection        text    PRIMARY KEY,
    number            integer NOT NULL,
    highest           integer NOT NULL,
    previous          integer,
    previous_position bigint
);

CREATE TABLE replay (
    replay_id         uuid        PRIMARY KEY,
    projection        text        NOT NULL,
    until             bigint,
    state             text        NOT NULL,
    position          bigint      NOT NULL,
    target            bigint      NOT NULL,
    events_per_second bigint      NOT NULL,
    started_at        timestamptz NOT NULL,
    finished_at       timestamptz,
    failed_position   bigint,
    failed_type       text,
    cause             text,
    node              text        NOT NULL,
    signed_at         timestamptz NOT NULL
);

-- One at a time.
CREATE UNIQUE INDEX replay_under_way ON replay (projection) WHERE finished_at IS NULL;

-- The functions run as the owner of the tables, for a role that owns none. Their callers can change every row of a live
-- table anyway; the log is out of their reach.

CREATE FUNCTION generation_table(live regclass, schema name) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
DECLARE
    live_table record;
BEGIN
    SELECT c.relname, c.relkind, n.nspname INTO live_table
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = live;
    IF live_table.relkind <> 'r' OR live_table.nspname IN ('event_log', 'next_generation', 'last_generation', 'sandbox') THEN
        RAISE EXCEPTION '% is no table of a projection', live USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF schema NOT IN ('next_generation', 'last_generation', 'sandbox') THEN
        RAISE EXCEPTION '% is no schema of generations', schema USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN format('%I.%I', schema, live_table.relname);
END $$;

-- An empty table like the live one, without its indexes, for the same roles.
CREATE FUNCTION begin_generation(live regclass, schema name) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    made text := event_log.generation_table(live, schema);
    granted record;
BEGIN
    EXECUTE format('DROP TABLE IF EXISTS %s', made);
    EXECUTE format('CREATE TABLE %s (LIKE %s INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING CONSTRAINTS INCLUDING STORAGE)', made, live);
    FOR granted IN
        SELECT CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END AS role, a.privilege_type
        FROM pg_class c, aclexplode(c.relacl) a WHERE c.oid = live
    LOOP
        EXECUTE format('GRANT %s ON %s TO %s', granted.privilege_type, made, granted.role);
    END LOOP;
END $$;

-- Gives it the live table's primary key and unique constraints, where it has none yet.
CREATE FUNCTION key_generation(live regclass, schema name) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    made text := event_log.generation_table(live, schema);
    wanted record;
BEGIN
    FOR wanted IN
        SELECT k.conname, pg_get_constraintdef(k.oid) AS definition FROM pg_constraint k
        WHERE k.conrelid = live AND k.contype IN ('p', 'u')
          AND NOT EXISTS (SELECT 1 FROM pg_constraint m WHERE m.conrelid = made::regclass AND m.conname = k.conname)
    LOOP
        EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s', made, wanted.conname, wanted.definition);
    END LOOP;
END $$;

-- Gives it all that makes a table live: the other indexes, storage parameters, statistics.
CREATE FUNCTION index_generation(live regclass, schema name) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    made text := event_log.generation_table(live, schema);
    definition text;
    parameters text;
BEGIN
    PERFORM event_log.key_generation(live, schema);
    FOR definition IN
        SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i
        WHERE i.indrelid = live AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)
    LOOP
        EXECUTE replace(definition, format(' ON %s ', live), format(' ON %s ', made));
    END LOOP;
    SELECT array_to_string(c.reloptions, ', ') INTO parameters FROM pg_class c WHERE c.oid = live;
    IF parameters IS NOT NULL THEN
        EXECUTE format('ALTER TABLE %s SET (%s)', made, parameters);
    END IF;
    EXECUTE format('ANALYZE %s', made);
END $$;

CREATE FUNCTION drop_generation(live regclass, schema name) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    EXECUTE format('DROP TABLE IF EXISTS %s', event_log.generation_table(live, schema));
END $$;

-- Puts the next generation into the place of the live one, which becomes the last one; there must be none.
CREATE FUNCTION swap_generation(live regclass) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    next_table text := event_log.generation_table(live, 'next_generation');
    schema name := (SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = live);
BEGIN
    EXECUTE format('ALTER TABLE %s SET SCHEMA last_generation', live);
    EXECUTE format('ALTER TABLE %s SET SCHEMA %I', next_table, schema);
END $$;

-- Lets the last generation and the live one change places.
CREATE FUNCTION restore_generation(live regclass) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    last_table text := event_log.generation_table(live, 'last_generation');
    next_table text := event_log.generation_table(live, 'next_generation');
    schema name := (SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = live);
BEGIN
    EXECUTE format('DROP TABLE IF EXISTS %s', next_table);
    EXECUTE format('ALTER TABLE %s SET SCHEMA next_generation', live);
    EXECUTE format('ALTER TABLE %s SET SCHEMA %I', last_table, schema);
    EXECUTE format('ALTER TABLE %s SET SCHEMA last_generation', next_table);
END $$;

REVOKE EXECUTE ON FUNCTION begin_generation, key_generation, index_generation, drop_generation, swap_generation, restore_generation FROM PUBLIC;
