package orderplatform.app.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import orderplatform.eventstore.reader.ReaderTokens;

/** The roles of the embedded PostgreSQL and what belongs to them, made on every start as far as they are missing. */
record PostgresAccounts(EmbeddedPostgres server) {

    static final String DATABASE = "orderplatform";
    static final String OWNER = "postgres";
    /** The platform itself can't change what is in the log. */
    static final String USER = "orderplatform";

    void createDatabase(String platformsPassword) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            if (isMissing(statement, "SELECT 1 FROM pg_roles WHERE rolname = '%s'".formatted(USER))) {
                statement.execute("CREATE ROLE %s LOGIN".formatted(USER));
            }
            setPassword(statement, USER, platformsPassword);
            if (isMissing(statement, "SELECT 1 FROM pg_database WHERE datname = '%s'".formatted(DATABASE))) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        }
    }

    /** Of data from before there were passwords, or of a copy without the files that have them. */
    void demandPasswords(String ownersPassword, Path data) throws SQLException, IOException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            setPassword(statement, OWNER, ownersPassword);
            PasswordRules.demandPasswordsIn(data);
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private static void setPassword(Statement statement, String role, String password) throws SQLException {
        statement.execute("ALTER ROLE %s PASSWORD '%s'".formatted(role, password));
    }

    /**
     * A process that just started the server is alone with it, so the owner of each claimed segment is gone. After a kill
     * the readers would wait until those claims have run out.
     */
    void releaseClaims() throws SQLException {
        try (Connection connection = server.getDatabase(OWNER, DATABASE).getConnection();
                Statement statement = connection.createStatement()) {
            ReaderTokens.releaseClaims(statement);
        }
    }

    private static boolean isMissing(Statement statement, String query) throws SQLException {
        try (ResultSet found = statement.executeQuery(query)) {
            return !found.next();
        }
    }
}
