package orderplatform.query.web;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** RFC 9457 problems that a query can answer. Details carry no personal data. */
public final class Problems {

    /** @param field the parameter or header at fault */
    public record FieldError(String field, String message) {}

    private Problems() {}

    /** 404; {@code kind} is part of the type, as in {@code /problems/order-not-found}. */
    public static ErrorResponseException notFound(String kind, String detail) {
        return problem(HttpStatus.NOT_FOUND, kind + "-not-found", "Not found", detail);
    }

    /** 400 that names the field. */
    public static ErrorResponseException invalid(String field, String message) {
        var problem = problem(
                HttpStatus.BAD_REQUEST, "invalid-request", "Invalid request", "%s %s.".formatted(field, message));
        problem.getBody().setProperty("errors", List.of(new FieldError(field, message)));
        return problem;
    }

    /** 409 of a type of its own. */
    public static ErrorResponseException conflict(String type, String detail) {
        return problem(HttpStatus.CONFLICT, type, "Not possible now", detail);
    }

    /** 503 with {@code Retry-After}, rounded up to whole seconds. */
    public static ErrorResponseException projectionBehind(String projection, long position, Duration retryAfter) {
        var detail = "%s has not passed position %d yet.".formatted(projection, position);
        return unavailable("projection-behind", "Projection behind", detail, retryAfter);
    }

    /** 503 with {@code Retry-After}, rounded up to whole seconds. */
    public static ErrorResponseException busy(String detail, Duration retryAfter) {
        return unavailable("busy", "Busy", detail, retryAfter);
    }

    private static ErrorResponseException unavailable(String type, String title, String detail, Duration retryAfter) {
        var problem = problem(HttpStatus.SERVICE_UNAVAILABLE, type, title, detail);
        long seconds = retryAfter.plusSeconds(1).minusNanos(1).toSeconds();
        problem.getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        return problem;
    }

    private static ErrorResponseException problem(HttpStatus status, String type, String title, String detail) {
        var body = ProblemDetail.forStatusAndDetail(status, detail);
        body.setType(URI.create("/problems/" + type));
        body.setTitle(title);
        return new ErrorResponseException(status, body, null);
    }
}
