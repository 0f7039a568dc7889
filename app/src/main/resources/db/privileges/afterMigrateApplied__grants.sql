-- The application need not be the owner of its tables; who is, migrates them.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "${applicationRole}";
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "${applicationRole}";
GRANT USAGE ON SCHEMA personal_data TO "${applicationRole}";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA personal_data TO "${applicationRole}";
