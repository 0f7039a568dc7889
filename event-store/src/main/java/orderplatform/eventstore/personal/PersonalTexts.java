package orderplatform.eventstore.personal;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import orderplatform.eventstore.personal.PersonKeys.PersonKey;

/**
 * Seals texts about people, each with a key of the person's own. Sealed ones may go anywhere, into events, queues and
 * caches: once the key is destroyed nobody can open them any more, here at once, on other nodes within
 * {@link #KEPT_FOR}.
 */
public final class PersonalTexts {

    /** What a text is shown as whose key has been destroyed. */
    public static final String ERASED = "erased";

    /** How long a node may remember a key that another one has destroyed. */
    public static final Duration KEPT_FOR = Duration.ofSeconds(10);

    private static final String SEALED = "sealed:";
    private static final int MOST_KEYS = 50_000;
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
        return Caffeine.newBuilder().maximumSize(MOST_KEYS).expireAfterWrite(KEPT_FOR);
    }

    /**
     * The same text of the same person is sealed to the same one, as long as the person's key lives.
     *
     * @throws org.springframework.dao.DataAccessException where the keys cannot be reached
     */
    public String seal(String person, String text) {
        var key = byPerson.get(person);
        var sealed = key.box().sealAlike(text.getBytes(StandardCharsets.UTF_8), context(key.id()));
        return SEALED + key.id() + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    private static byte[] context(UUID key) {
        return key.toString().getBytes(StandardCharsets.US_ASCII);
    }

    public static boolean isSealed(String text) {
        return text.startsWith(SEALED);
    }

    /**
     * What was sealed; empty where its key has been destroyed. A text that was never sealed is itself.
     *
     * @throws IllegalArgumentException where it has been changed since
     * @throws org.springframework.dao.DataAccessException where the keys cannot be reached
     */
    public Optional<String> open(String text) {
        if (!isSealed(text)) {
            return Optional.of(text);
        }
        var parts = text.split(":", PARTS);
        try {
            var key = byId.get(UUID.fromString(parts[1]));
            return key.isEmpty() ? Optional.empty() : Optional.of(open(key.get(), parts[2]));
        } catch (GeneralSecurityException | IndexOutOfBoundsException changed) {
            throw new IllegalArgumentException("A sealed text has been changed", changed);
        }
    }

    private static String open(PersonKey key, String sealed) throws GeneralSecurityException {
        var bytes = key.box().open(Base64.getUrlDecoder().decode(sealed), context(key.id()));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The same JSON with every sealed text opened, or shown as {@value #ERASED}. */
    public Map<String, Object> openAll(Map<String, Object> json) {
        var opened = new LinkedHashMap<String, Object>();
        json.forEach((name, value) -> opened.put(name, openAny(value)));
        return opened;
    }

    @SuppressWarnings("unchecked") // JSON's objects have names
    private Object openAny(Object value) {
        return switch (value) {
            case String text when isSealed(text) -> open(text).orElse(ERASED);
            case Map<?, ?> object -> openAll((Map<String, Object>) object);
            case List<?> array -> array.stream().map(this::openAny).toList();
            case null, default -> value;
        };
    }

    /** Destroys the key of a person. A text that comes after it is sealed with another one. */
    public void forget(String person) {
        keys.destroy(person);
        byPerson.invalidate(person);
        byId.invalidateAll();
    }
}
