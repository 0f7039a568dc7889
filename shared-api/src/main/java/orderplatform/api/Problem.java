package orderplatform.api;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** A call is refused, or can't be answered now. The caller is told by {@link #details}. */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Of the fields at fault, those that the detail names too. */
    private static final int FIELDS_IN_DETAIL = 3;

    private final ProblemType type;
    private final String detail;
    private final transient List<FieldProblem> errors;
    private final Duration retryAfter;

    private Problem(ProblemType type, String detail, List<FieldProblem> errors, Duration retryAfter) {
        super("%s: %s".formatted(type.code(), detail));
        this.type = type;
        this.detail = detail;
        this.errors = errors;
        this.retryAfter = retryAfter;
    }

    /** @param detail one sentence for a person, without personal data */
    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, List.of(), Duration.ZERO);
    }

    /** The domain refused. */
    public static Problem of(Rejection rejection) {
        return of(rejection.type(), rejection.detail());
    }

    /** The request itself is wrong, in one part. */
    public static Problem invalid(String field, String message) {
        return invalid(List.of(new FieldProblem(field, message)));
    }

    /** The request itself is wrong. */
    public static Problem invalid(List<FieldProblem> errors) {
        var detail = errors.stream()
                .limit(FIELDS_IN_DETAIL)
                .map(error -> "%s %s".formatted(error.field(), error.message()))
                .collect(Collectors.joining("; "));
        return new Problem(ProblemType.INVALID_REQUEST, detail, errors, Duration.ZERO);
    }

    /** The platform can't answer now; the caller may repeat the request after a second, with the same key. */
    public static Problem unavailable(String detail) {
        return of(ProblemType.UNAVAILABLE, detail).retryAfter(Duration.ofSeconds(1));
    }

    /** The same problem, told with {@code Retry-After}. */
    public Problem retryAfter(Duration time) {
        return new Problem(type, detail, errors, time);
    }

    public ProblemType type() {
        return type;
    }

    /** When the caller may repeat the request, in whole seconds, rounded up; 0 if it need not. */
    public long retryAfterSeconds() {
        return retryAfter.plusSeconds(1).minusNanos(1).toSeconds();
    }

    /** @param instance path of the call */
    public ProblemDetails details(String instance) {
        return new ProblemDetails(
                type.path(), type.title(), type.status(), detail, instance, errors.isEmpty() ? null : errors, null);
    }
}
