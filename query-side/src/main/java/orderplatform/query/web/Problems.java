package orderplatform.query.web;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import orderplatform.api.ProblemType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** RFC 9457 problems that a query can answer. Details carry no personal data. */
public final class Problems {

    /** @param field the parameter or header at fault */
    public record FieldError(String field, String message) {}

    private Problems() {}

    public static ErrorResponseException of(ProblemType type, String detail) {
        var status = HttpStatus.valueOf(type.status());
        var body = ProblemDetail.forStatusAndDetail(status, detail);
        body.setType(URI.create(type.path()));
        body.setTitle(type.title());
        return new ErrorResponseException(status, body, null);
    }

    /** 400 that names the field. */
    public static ErrorResponseException invalid(String field, String message) {
        var problem = of(ProblemType.INVALID_REQUEST, "%s %s.".formatted(field, message));
        problem.getBody().setProperty("errors", List.of(new FieldError(field, message)));
        return problem;
    }

    /** 503 with {@code Retry-After}, rounded up to whole seconds. */
    public static ErrorResponseException projectionBehind(String projection, long position, Duration retryAfter) {
        var detail = "%s has not passed position %d yet.".formatted(projection, position);
        return unavailable(ProblemType.PROJECTION_BEHIND, detail, retryAfter);
    }

    /** 503 with {@code Retry-After}, rounded up to whole seconds. */
    public static ErrorResponseException busy(String detail, Duration retryAfter) {
        return unavailable(ProblemType.BUSY, detail, retryAfter);
    }

    private static ErrorResponseException unavailable(ProblemType type, String detail, Duration retryAfter) {
        var problem = of(type, detail);
        long seconds = retryAfter.plusSeconds(1).minusNanos(1).toSeconds();
        problem.getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        return problem;
    }
}
