package orderplatform.command.web;

import java.net.URI;
import java.util.List;
import java.util.Map;
import orderplatform.api.ProblemType;
import orderplatform.api.Rejection;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A refusal as RFC 9457 problem details. */
public final class Problem extends ErrorResponseException {

    private static final long serialVersionUID = 1;

    private Problem(ProblemType type, String detail) {
        super(
                HttpStatus.valueOf(type.status()),
                ProblemDetail.forStatusAndDetail(HttpStatus.valueOf(type.status()), detail),
                null);
        setType(URI.create(type.path()));
        setTitle(type.title());
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail);
    }

    /** The domain refused. */
    public static Problem of(Rejection rejection) {
        return new Problem(rejection.type(), rejection.detail());
    }

    /** The request itself is wrong, in one field. */
    public static Problem invalid(String field, String message) {
        var problem = new Problem(ProblemType.INVALID_REQUEST, "%s %s".formatted(field, message));
        problem.getBody().setProperty("errors", List.of(Map.of("field", field, "message", message)));
        return problem;
    }

    /** The platform can't answer now; the caller may repeat the request with the same key. */
    public static Problem unavailable(String detail) {
        return new Problem(ProblemType.UNAVAILABLE, detail).retryAfterSeconds(1);
    }

    /** @return this, with {@code Retry-After} */
    public Problem retryAfterSeconds(int seconds) {
        getHeaders().set(HttpHeaders.RETRY_AFTER, Integer.toString(seconds));
        return this;
    }
}
