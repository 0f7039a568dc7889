package orderplatform.eventstore.personal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table of the keys, one per person, each wrapped with a master key. */
final class PersonKeys {

    private static final int PAGE_KEYS = 500;

    private static final String INSERT = """
            INSERT INTO personal_data.key (key_id, person, master, wrapped) VALUES (?, ?, ?, ?)
            ON CONFLICT (person) DO NOTHING""";

    private static final String SELECT = "SELECT key_id, person, master, wrapped FROM personal_data.key WHERE ";

    private static final Logger LOG = LoggerFactory.getLogger(PersonKeys.class);

    private final JdbcTemplate database;
    private final MasterKeys masters;

    PersonKeys(JdbcTemplate database, MasterKeys masters) {
        this.database = database;
        this.masters = masters;
    }

    private record Wrapped(UUID id, String person, String master, byte[] key) {

        static Wrapped of(ResultSet row, int number) throws SQLException {
            return new Wrapped(row.getObject(1, UUID.class), row.getString(2), row.getString(3), row.getBytes(4));
        }

        byte[] context() {
            return (id + " " + person).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Made if there is none. */
    PersonKey of(String person) {
        var found = find("person = ?", person);
        if (found.isPresent()) {
            return found.get();
        }
        var fresh = wrapped(UUID.randomUUID(), person, SecretBox.random(SecretBox.KEY_BYTES));
        database.update(INSERT, fresh.id(), person, fresh.master(), fresh.key());
        return find("person = ?", person).orElseThrow();
    }

    private Wrapped wrapped(UUID id, String person, byte[] key) {
        var master = masters.current();
        var empty = new Wrapped(id, person, master.id(), key);
        return new Wrapped(id, person, master.id(), master.box().seal(key, empty.context()));
    }

    /** Empty if it has been destroyed. */
    Optional<PersonKey> withId(UUID id) {
        return find("key_id = ?", id);
    }

    private Optional<PersonKey> find(String where, Object value) {
        return database.query(SELECT + where, Wrapped::of, value).stream()
                .map(wrapped -> new PersonKey(wrapped.id(), wrapped.person(), unwrapped(wrapped)))
                .findFirst();
    }

    private byte[] unwrapped(Wrapped wrapped) {
        try {
            return masters.named(wrapped.master()).box().open(wrapped.key(), wrapped.context());
        } catch (GeneralSecurityException changed) {
            throw new IllegalStateException("The key %s is not as it was stored".formatted(wrapped.id()), changed);
        }
    }

    void destroy(String person) {
        database.update("DELETE FROM personal_data.key WHERE person = ?", person);
    }

    /** Wraps with the current master key what is wrapped with another one. Several nodes may do it at once. */
    void rotate() {
        long done = 0;
        List<Wrapped> others;
        do {
            others = database.query(
                    SELECT + "master <> ? LIMIT " + PAGE_KEYS,
                    Wrapped::of,
                    masters.current().id());
            for (var old : others) {
                var renewed = wrapped(old.id(), old.person(), unwrapped(old));
                database.update(
                        "UPDATE personal_data.key SET master = ?, wrapped = ? WHERE key_id = ? AND master = ?",
                        renewed.master(),
                        renewed.key(),
                        old.id(),
                        old.master());
            }
            done += others.size();
        } while (!others.isEmpty());
        database.update(
                "UPDATE personal_data.master SET id = ?, key = NULL WHERE id <> ?",
                masters.current().id(),
                masters.current().id());
        if (done > 0) {
            LOG.info(
                    "Wrapped {} keys of people with the master key {}",
                    done,
                    masters.current().id());
        }
    }
}
