package orderplatform.command.web;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The headers that every write understands.
 *
 * @param idempotencyKey 1 to 255 visible characters
 * @param ifVersion from {@code If-Match}; null where any version will do
 * @param actor who asks, for the history
 * @param outcomeWithin how long the caller prefers to wait for the outcome, at most {@link #MAX_WAIT}; zero for not at all
 */
public record WriteHeaders(
        @Nullable String idempotencyKey, @Nullable Long ifVersion, String actor, Duration outcomeWithin) {

    public static final Duration MAX_WAIT = Duration.ofSeconds(30);

    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7E]{1,255}");
    private static final Pattern ACTOR = Pattern.compile("[\\x21-\\x7E]{1,100}");
    private static final Pattern VERSION = Pattern.compile("\"(\\d{1,18})\"");
    private static final Pattern WAIT = Pattern.compile("(?i)\\s*wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(;.*)?");

    /** @throws Problem where a header is not as written here */
    public static WriteHeaders of(HttpHeaders headers) {
        return new WriteHeaders(
                matching(headers, "Idempotency-Key", VISIBLE, "must be 1 to 255 visible characters"),
                ifMatch(headers.getFirst(HttpHeaders.IF_MATCH)),
                actor(matching(headers, "X-Actor", ACTOR, "must be 1 to 100 visible characters")),
                wait(headers.getValuesAsList("Prefer")));
    }

    /** @throws Problem where there is no key */
    public String requireIdempotencyKey() {
        if (idempotencyKey == null) {
            throw Problem.invalid("Idempotency-Key", "is required");
        }
        return idempotencyKey;
    }

    private static @Nullable String matching(HttpHeaders headers, String name, Pattern pattern, String message) {
        var value = headers.getFirst(name);
        if (value != null && !pattern.matcher(value).matches()) {
            throw Problem.invalid(name, message);
        }
        return value;
    }

    private static @Nullable Long ifMatch(@Nullable String value) {
        if (value == null || value.equals("*")) {
            return null;
        }
        var version = VERSION.matcher(value);
        if (!version.matches()) {
            throw Problem.invalid(HttpHeaders.IF_MATCH, "must be a version in double quotes");
        }
        return Long.valueOf(version.group(1));
    }

    private static String actor(@Nullable String value) {
        return value == null ? "anonymous" : value;
    }

    /** A preference that is not understood is ignored, as RFC 7240 asks. */
    private static Duration wait(List<String> preferences) {
        return preferences.stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .map(WAIT::matcher)
                .filter(preference -> preference.matches())
                .findFirst()
                .map(preference -> Duration.ofSeconds(Long.parseLong(preference.group(1))))
                .map(wanted -> wanted.compareTo(MAX_WAIT) < 0 ? wanted : MAX_WAIT)
                .orElse(Duration.ZERO);
    }
}
