package orderplatform.query.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import orderplatform.api.Moment;
import orderplatform.api.Problem;
import org.jspecify.annotations.Nullable;

/** Reads identifiers out of requests. */
public final class Parameters {

    private static final Instant FIRST_TIME = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59.999999Z");

    private Parameters() {}

    /** Empty if the id in a path is malformed: nothing can exist under it. */
    public static <T> Optional<T> inPath(String value, Function<String, T> type) {
        try {
            return Optional.of(type.apply(value));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** @throws Problem 400 that names the field, if the value is malformed */
    public static <T> T inQuery(String field, String value, Function<String, T> type) {
        return inPath(value, type).orElseThrow(() -> Problem.invalid(field, "is malformed"));
    }

    /** @throws Problem 400 that names the field, if it is no version */
    public static Moment.Version version(String field, @Nullable String value) {
        if (value == null) {
            throw Problem.invalid(field, "is required");
        }
        return inQuery(field, value, it -> new Moment.Version(Long.parseLong(it)));
    }

    /**
     * What {@code asOfVersion}, a version of a stream, or {@code asOf}, an ISO 8601 time with its offset, ask for; empty where
     * neither is given.
     *
     * @throws Problem 400 that names the field, if it is malformed, or both are given
     */
    public static Optional<Moment> moment(@Nullable String asOfVersion, @Nullable String asOf) {
        if (asOfVersion != null && asOf != null) {
            throw Problem.invalid("asOf", "can't be given together with asOfVersion");
        }
        if (asOfVersion != null) {
            return Optional.of(version("asOfVersion", asOfVersion));
        }
        return Optional.ofNullable(asOf).map(time -> new Moment.Time(inQuery("asOf", time, Parameters::time)));
    }

    private static Instant time(String value) {
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    /**
     * A time that PostgreSQL can be asked about: Java's reach further than any database's.
     *
     * @throws IllegalArgumentException for one before the year 1 or after 9999
     */
    public static Instant storable(Instant time) {
        if (time.isBefore(FIRST_TIME) || time.isAfter(LAST_TIME)) {
            throw new IllegalArgumentException("out of range: " + time);
        }
        return time;
    }

    /** The same of a day. */
    public static LocalDate storable(LocalDate day) {
        storable(day.atStartOfDay(ZoneOffset.UTC).toInstant());
        return day;
    }

    /** @throws Problem 400 if a page can't have so many items */
    public static void requireLimit(int limit, int most) {
        if (limit < 1 || limit > most) {
            throw Problem.invalid("limit", "must be 1 to " + most);
        }
    }
}
