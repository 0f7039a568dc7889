-- A session keeps the plans of the append, which it may have made while there was next to nothing in the tables: each must find
-- its rows by an index, however many there are later, and is made once. The scan of tail, which has one row, has no other way; the
-- price that enable_seqscan puts on it must not make PostgreSQL compile each call to machine code, which took 45 ms.
ALTER FUNCTION append SET enable_hashjoin = off;
ALTER FUNCTION append SET enable_mergejoin = off;
ALTER FUNCTION append SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION append SET jit = off;
