-- Whoever runs the application can add to the log and read it, nothing else; the owner of the tables migrates them.
GRANT USAGE ON SCHEMA ${flyway:defaultSchema} TO "${applicationRole}";
GRANT SELECT, INSERT ON event, batch, checkpoint TO "${applicationRole}";
GRANT SELECT, UPDATE ON tail TO "${applicationRole}";
GRANT SELECT, INSERT, UPDATE, DELETE ON snapshot, token, saga, parked, parked_event, parked_request, generation, replay TO "${applicationRole}";
GRANT SELECT ON schema_history TO "${applicationRole}";
GRANT USAGE ON SCHEMA next_generation, last_generation, sandbox TO "${applicationRole}";
GRANT EXECUTE ON FUNCTION begin_generation, key_generation, index_generation, drop_generation, swap_generation, restore_generation TO "${applicationRole}";
