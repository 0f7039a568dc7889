package orderplatform.eventstore.personal;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Seals texts about people, each with a key of the person's own. Sealed ones may go anywhere, into events, queues and
 * caches: once the key is destroyed nobody can open them any more, here at once, on other nodes within
 * {@link #KEY_CACHE_TTL}.
 *
 * <p>Only a text of a field that holds personal data is ever opened, never one because it looks sealed. A seal names the
 * person and the field: a sealed text that was moved elsewhere does not open there.
 */
public final class PersonalTexts {

    /** How long a node may remember a key that another one has destroyed. */
    public static final Duration KEY_CACHE_TTL = Duration.ofSeconds(10);

    private static final String SEALED = "sealed2:";
    /** Of before a seal named person and field: logs hold such texts for ever. */
    private static final String SEALED_BEFORE = "sealed:";

    private static final int MAX_KEYS = 50_000;
    private static final int PARTS = 3;

    private final PersonKeys keys;
    private final LoadingCache<String, PersonKey> byPerson;
    private final LoadingCache<UUID, Optional<PersonKey>> byId;

    PersonalTexts(PersonKeys keys) {
        this.keys = keys;
        byPerson = cache().build(keys::of);
        byId = cache().build(keys::withId);
    }

    private static Caffeine<Object, Object> cache() {
        return Caffeine.newBuilder().maximumSize(MAX_KEYS).expireAfterWrite(KEY_CACHE_TTL);
    }

    /**
     * The same text of the same person and field is sealed to the same one, as long as the person's key lives.
     *
     * @param field such as {@code contact.email}
     * @throws org.springframework.dao.DataAccessException if the keys cannot be reached
     */
    public String seal(String person, String field, String text) {
        var key = byPerson.get(person);
        return SEALED + key.id() + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(key.seal(field, text));
    }

    /**
     * A text of a person's field as it is stored: sealed, or from before texts were sealed.
     *
     * @throws org.springframework.dao.DataAccessException if the keys cannot be reached
     */
    public PersonalText open(String person, String field, String stored) {
        return open(field, stored, key -> key.person().equals(person));
    }

    /** The same of a row that does not say whose text it is: it is the person's whose key sealed it. */
    public PersonalText open(String field, String stored) {
        return open(field, stored, key -> true);
    }

    private PersonalText open(String field, String stored, Predicate<PersonKey> isWanted) {
        if (!stored.startsWith(SEALED) && !stored.startsWith(SEALED_BEFORE)) {
            return new PersonalText.Readable(stored);
        }
        var parts = stored.split(":", PARTS);
        try {
            var key = byId.get(UUID.fromString(parts[1]));
            if (key.isEmpty()) {
                return new PersonalText.Erased();
            }
            if (!isWanted.test(key.get())) {
                return new PersonalText.Unreadable();
            }
            var sealed = Base64.getUrlDecoder().decode(parts[2]);
            return new PersonalText.Readable(
                    stored.startsWith(SEALED)
                            ? key.get().open(field, sealed)
                            : key.get().openBefore(sealed));
        } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException notASeal) {
            return new PersonalText.Unreadable();
        }
    }

    /** Destroys the key of a person. A text that comes after it is sealed with another one. */
    public void forget(String person) {
        keys.destroy(person);
        byPerson.invalidate(person);
        byId.invalidateAll();
    }
}
