package orderplatform.eventstore.personal;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** The master key that wraps from now on, and those with which keys may still be wrapped. */
final class MasterKeys {

    private static final Logger LOG = LoggerFactory.getLogger(MasterKeys.class);

    private final Map<String, MasterKey> known = new HashMap<>();
    private final MasterKey current;

    /**
     * Of the configuration, else of the database.
     *
     * @throws IllegalStateException if the database's keys are wrapped with another one
     */
    MasterKeys(PersonalDataProperties properties, JdbcTemplate database) {
        properties.otherMasterKeys().stream().map(MasterKey::parse).forEach(this::know);
        var configured = properties.masterKey().isEmpty() ? null : MasterKey.parse(properties.masterKey());
        var stored = stored(database, configured);
        current = configured == null ? own(stored) : configured;
        know(current);
        if (stored.key() != null) {
            know(MasterKey.of(stored.key()));
        }
        if (!known.containsKey(stored.id())) {
            throw new IllegalStateException(
                    "platform.personal-data.master-key: the database's keys are wrapped with another one, %s; name it in other-master-keys"
                            .formatted(stored.id()));
        }
    }

    /** @param key null if the configuration has it */
    private record Stored(String id, byte @Nullable [] key) {}

    /** The first node of a database decides. */
    private static Stored stored(JdbcTemplate database, @Nullable MasterKey configured) {
        var made = SecretBox.random(SecretBox.KEY_BYTES);
        database.update(
                "INSERT INTO personal_data.master (id, key) VALUES (?, ?) ON CONFLICT DO NOTHING",
                configured == null ? MasterKey.of(made).id() : configured.id(),
                configured == null ? made : null);
        return database.queryForObject(
                "SELECT id, key FROM personal_data.master",
                (row, number) -> new Stored(row.getString(1), row.getBytes(2)));
    }

    private static MasterKey own(Stored stored) {
        if (stored.key() == null) {
            throw new IllegalStateException(
                    "platform.personal-data.master-key is missing: the database's keys are wrapped with one, "
                            + stored.id());
        }
        LOG.info(
                "Keys of personal data are wrapped with a key in the same database; platform.personal-data.master-key keeps it elsewhere");
        return MasterKey.of(stored.key());
    }

    private void know(MasterKey key) {
        known.put(key.id(), key);
    }

    MasterKey current() {
        return current;
    }

    /** @throws IllegalStateException if it is not known here */
    MasterKey named(String id) {
        var key = known.get(id);
        if (key == null) {
            throw new IllegalStateException(
                    "platform.personal-data.other-master-keys lacks the key %s, with which another node wraps"
                            .formatted(id));
        }
        return key;
    }
}
