package orderplatform.command.web;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orderplatform.api.Problem;
import orderplatform.api.VersionCondition;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;

/**
 * The headers that every write understands.
 *
 * @param idempotencyKey 1 to 255 visible characters
 * @param ifVersion from {@code If-Match}; null if any version will do, or none
 * @param actor who asks, for the history
 * @param outcomeWithin how long the caller prefers to wait for the outcome, at most {@link #MAX_WAIT}; zero for not at all
 */
public record WriteHeaders(
        @Nullable String idempotencyKey, @Nullable VersionCondition ifVersion, String actor, Duration outcomeWithin) {

    public static final Duration MAX_WAIT = Duration.ofSeconds(30);
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7E]{1,255}");
    private static final Pattern ACTOR = Pattern.compile("[\\x21-\\x7E]{1,100}");
    /** The one spelling of a version. */
    private static final Pattern VERSION = Pattern.compile("0|[1-9]\\d{0,17}");
    /** Preferences of a line: a comma within double quotes does not end one. */
    private static final Pattern PREFERENCE = Pattern.compile("(?:[^,\"]|\"(?:[^\"\\\\]|\\\\.)*+\"?)++");

    private static final Pattern WAIT = Pattern.compile("(?i)\\s*wait\\s*(?:=\\s*(\"?)([^\";\\s]*)\\1)?\\s*(?:;.*)?");
    private static final Pattern SECONDS = Pattern.compile("\\d+");

    /** @throws Problem if a header is not as written here */
    public static WriteHeaders of(HttpHeaders headers) {
        return new WriteHeaders(
                matching(headers, "Idempotency-Key", VISIBLE, "must be 1 to 255 visible characters"),
                ifMatch(headers.getOrEmpty(HttpHeaders.IF_MATCH)),
                actor(matching(headers, "X-Actor", ACTOR, "must be 1 to 100 visible characters")),
                wait(headers.getOrEmpty("Prefer")));
    }

    /** @throws Problem if there is no key */
    public String requireIdempotencyKey() {
        if (idempotencyKey == null) {
            throw Problem.invalid("Idempotency-Key", "is required");
        }
        return idempotencyKey;
    }

    /**
     * How a write to something that does not exist is refused.
     *
     * @param notFound unless a version was named, of which there can be none
     */
    public Problem missing(Problem notFound) {
        return VersionCondition.violation(ifVersion, null).map(Problem::of).orElse(notFound);
    }

    private static @Nullable String matching(HttpHeaders headers, String name, Pattern pattern, String message) {
        var values = headers.getOrEmpty(name).stream().distinct().toList();
        if (values.size() > 1) {
            throw Problem.invalid(name, "must have one value");
        }
        if (values.isEmpty()) {
            return null;
        }
        if (!pattern.matcher(values.getFirst()).matches()) {
            throw Problem.invalid(name, message);
        }
        return values.getFirst();
    }

    /** Several lines are one list. A weak tag, or one that is no version, is of no version that there can be. */
    private static @Nullable VersionCondition ifMatch(List<String> lines) {
        if (lines.isEmpty()) {
            return null;
        }
        var list = String.join(",", lines).strip();
        if (list.equals("*")) {
            return VersionCondition.EXISTS;
        }
        var tags = ETag.parse(list);
        if (tags.isEmpty() || tags.stream().anyMatch(ETag::isWildcard)) {
            throw Problem.invalid(HttpHeaders.IF_MATCH, "must be * or a list of versions in double quotes");
        }
        return VersionCondition.oneOf(tags.stream()
                .filter(tag -> !tag.weak() && VERSION.matcher(tag.tag()).matches())
                .map(tag -> Long.valueOf(tag.tag()))
                .collect(Collectors.toSet()));
    }

    private static String actor(@Nullable String value) {
        return value == null ? "anonymous" : value;
    }

    /** RFC 7240: the first of several counts, and one that is not understood is ignored. */
    private static Duration wait(List<String> lines) {
        return lines.stream()
                .flatMap(line -> PREFERENCE.matcher(line).results())
                .map(preference -> WAIT.matcher(preference.group()))
                .filter(preference -> preference.matches())
                .findFirst()
                .flatMap(preference -> Stream.ofNullable(preference.group(2))
                        .filter(value -> SECONDS.matcher(value).matches())
                        .map(WriteHeaders::bounded)
                        .findFirst())
                .orElse(Duration.ZERO);
    }

    /** However many digits it has. */
    private static Duration bounded(String seconds) {
        var significant = seconds.replaceFirst("^0+(?=\\d)", "");
        return significant.length() > 2
                ? MAX_WAIT
                : Duration.ofSeconds(Math.min(Long.parseLong(significant), MAX_WAIT.toSeconds()));
    }
}
