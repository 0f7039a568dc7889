package orderplatform.eventstore;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sql.DataSource;
import orderplatform.eventstore.database.LogMigration;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A real PostgreSQL for the tests of this JVM: the embedded one, or the one at {@code test.postgres.url}, whose user may
 * make databases and roles.
 */
public final class Database {

    private static final String ROLE = "eventstore_test";
    private static final String TEMPLATE =
            "eventstore_%d".formatted(ProcessHandle.current().pid());
    private static int count;

    private static final int OWNERS_CONNECTIONS = 5;
    /** The shortest a pool takes. No test closes its pool, and the next hundred tests need connections too. */
    private static final int OWNERS_IDLE_MILLIS = 10_000;

    private final String url;
    private final DataSource owner;

    private Database(String url) {
        this.url = url;
        // A connection takes the server longer than most of what is asked over it.
        var pool = new HikariDataSource();
        pool.setDataSource(source(url, Server.OWNER));
        pool.setMaximumPoolSize(OWNERS_CONNECTIONS);
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(OWNERS_IDLE_MILLIS);
        this.owner = pool;
    }

    private static final class Server {

        private static final String URL = System.getProperty("test.postgres.url", "");
        private static final String OWNER = System.getProperty("test.postgres.user", "postgres");
        private static final String BASE = URL.isEmpty() ? embedded() : URL;

        private static String embedded() {
            try {
                var server = EmbeddedPostgres.builder()
                        .setLocaleConfig("locale", "C")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("max_connections", "400")
                        .start();
                return "jdbc:postgresql://127.0.0.1:%d/".formatted(server.getPort());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    /** A new database, with the tables of the log and a role that may only append. */
    public static synchronized Database create() {
        var admin = new JdbcTemplate(source(Server.BASE + "postgres", Server.OWNER));
        if (count == 0) {
            createTemplate(admin);
        }
        var name = "%s_%d".formatted(TEMPLATE, ++count);
        admin.execute("CREATE DATABASE %s TEMPLATE %s".formatted(name, TEMPLATE));
        return new Database(Server.BASE + name);
    }

    private static void createTemplate(JdbcTemplate admin) {
        if (admin.queryForList("SELECT 1 FROM pg_roles WHERE rolname = ?", ROLE).isEmpty()) {
            admin.execute("CREATE ROLE " + ROLE + " LOGIN PASSWORD '" + ROLE + "'");
        }
        admin.execute("CREATE DATABASE " + TEMPLATE);
        var template = source(Server.BASE + TEMPLATE, Server.OWNER);
        LogMigration.run(template, ROLE);
        var owner = new JdbcTemplate(template);
        owner.execute(PurseSums.CREATE);
        owner.execute("GRANT ALL ON purse_sum TO " + ROLE);
    }

    public DataSource owner() {
        return owner;
    }

    public DataSource application() {
        return source(url, ROLE);
    }

    public String url() {
        return url;
    }

    public static String role() {
        return ROLE;
    }

    private static DataSource source(String url, String user) {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(user);
        return source;
    }
}
