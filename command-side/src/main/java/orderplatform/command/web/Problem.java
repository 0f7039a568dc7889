package orderplatform.command.web;

import java.net.URI;
import java.util.List;
import java.util.Map;
import orderplatform.api.Rejection;
import orderplatform.api.StaleVersion;
import orderplatform.api.inventory.StockRejection;
import orderplatform.api.orders.OrderRejection;
import orderplatform.api.payments.PaymentRejection;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A refusal as RFC 9457 problem details. */
public final class Problem extends ErrorResponseException {

    private static final long serialVersionUID = 1;

    private Problem(HttpStatus status, String type, String title, String detail) {
        super(status, ProblemDetail.forStatusAndDetail(status, detail), null);
        setType(URI.create("/problems/" + type));
        setTitle(title);
    }

    /** The domain refused. */
    public static Problem of(Rejection rejection) {
        return switch (rejection) {
            case StaleVersion stale ->
                new Problem(HttpStatus.PRECONDITION_FAILED, stale.code(), "Stale version", stale.detail());
            case OrderRejection.IdTaken taken ->
                new Problem(HttpStatus.CONFLICT, taken.code(), "Order id taken", taken.detail());
            case OrderRejection.IllegalTransition illegal ->
                new Problem(HttpStatus.CONFLICT, illegal.code(), "Illegal transition", illegal.detail());
            case StockRejection stock ->
                new Problem(HttpStatus.CONFLICT, stock.code(), "The stock does not allow this", stock.detail());
            case PaymentRejection payment ->
                new Problem(HttpStatus.CONFLICT, payment.code(), "The payment does not allow this", payment.detail());
            default -> throw new IllegalArgumentException("No problem for " + rejection.code());
        };
    }

    /** The request itself is wrong, in one field. */
    public static Problem invalid(String field, String message) {
        var problem = new Problem(
                HttpStatus.BAD_REQUEST, "invalid-request", "Invalid request", "%s %s".formatted(field, message));
        problem.getBody().setProperty("errors", List.of(Map.of("field", field, "message", message)));
        return problem;
    }

    public static Problem notFound(String type, String detail) {
        return new Problem(HttpStatus.NOT_FOUND, type, "Not found", detail);
    }

    /** The caller has not shown who they are. */
    public static Problem unauthorised(String detail) {
        return new Problem(HttpStatus.UNAUTHORIZED, "unauthorised", "Not authorised", detail);
    }

    /** @param code of the 409 or 422 */
    static Problem idempotency(HttpStatus status, String code, String detail) {
        return new Problem(status, code, "Idempotency-Key in use", detail);
    }

    /** The platform can't answer now; the caller may repeat the request with the same key. */
    public static Problem unavailable(String detail) {
        var problem = new Problem(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", "Try again", detail);
        problem.getHeaders().set("Retry-After", "1");
        return problem;
    }

    /** @return this, with {@code Retry-After} */
    public Problem retryAfterSeconds(int seconds) {
        getHeaders().set("Retry-After", Integer.toString(seconds));
        return this;
    }
}
