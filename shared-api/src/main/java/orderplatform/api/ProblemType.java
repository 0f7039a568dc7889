package orderplatform.api;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every kind of problem that a call can be answered with. The code is the last part of the problem's {@code type}, such as
 * {@code /problems/insufficient-stock}; clients rely on it, so it never changes.
 */
public enum ProblemType {
    INVALID_REQUEST(
            400,
            "invalid-request",
            "Invalid request",
            "The request has a part that the platform cannot take. \"errors\" names each field, parameter or header and says"
                    + " what it must be. Change the request: repeating it gives the same answer."),
    UNAUTHORISED(
            401,
            "unauthorised",
            "Not authorised",
            "The caller has not shown who they are. A webhook needs the provider's signature, not older than five minutes."),
    FOREIGN_ORIGIN(
            403,
            "foreign-origin",
            "Foreign origin",
            "A web page of another site sent this write. The platform takes writes of its own pages only. Name further hosts"
                    + " with platform.http.hosts."),
    FOREIGN_HOST(
            403,
            "foreign-host",
            "Foreign host",
            "The request names a host that is not this platform's. Name further hosts with platform.http.hosts."),
    NOT_FOUND(404, "not-found", "Not found", "No call has this path. The API document lists all calls."),
    ORDER_NOT_FOUND(404, "order-not-found", "Not found", "No order has this id, or none had it at the time asked for."),
    STOCK_NOT_FOUND(
            404, "stock-not-found", "Not found", "No goods with this SKU came in, or none had at the time asked for."),
    PAYMENT_NOT_FOUND(404, "payment-not-found", "Not found", "No payment has this id."),
    PROJECTION_NOT_FOUND(
            404, "projection-not-found", "Not found", "No projection has this name. GET /api/projections lists them."),
    REPLAY_NOT_FOUND(404, "replay-not-found", "Not found", "The projection has no replay with this id."),
    GENERATION_NOT_FOUND(404, "generation-not-found", "Not found", "The projection has no earlier generation to drop."),
    SAGA_NOT_FOUND(404, "saga-not-found", "Not found", "No saga under way has this id. A finished saga is not kept."),
    DEAD_LETTER_NOT_FOUND(
            404,
            "dead-letter-not-found",
            "Not found",
            "Nothing parked has this id. It may have been retried or dropped."),
    METHOD_NOT_ALLOWED(
            405, "method-not-allowed", "Method not allowed", "The path takes other methods; \"Allow\" lists them."),
    NOT_ACCEPTABLE(
            406, "not-acceptable", "Not acceptable", "The answer does not exist in a form that the request accepts."),
    REQUEST_TIMEOUT(408, "request-timeout", "Request timeout", "The rest of the request did not arrive in time."),
    ORDER_ID_TAKEN(
            409,
            "order-id-taken",
            "Order id taken",
            "Another order has this id and other content. Place the order with another id."),
    ILLEGAL_TRANSITION(
            409,
            "illegal-transition",
            "Illegal transition",
            "The order's status does not allow this. GET /api/orders/{orderId} shows the status."),
    ON_HAND_CHANGED(
            409,
            "on-hand-changed",
            "The stock does not allow this",
            "An adjustment names the quantity that it was counted from, and that quantity has changed. Count again."),
    PROMISED_TO_ORDERS(
            409,
            "promised-to-orders",
            "The stock does not allow this",
            "The adjustment would leave less on hand than orders have reserved and allocated. Cancel orders first."),
    TOO_MANY_ON_HAND(
            409, "too-many-on-hand", "The stock does not allow this", "The platform counts no more pieces of one SKU."),
    NOT_HELD(409, "not-held", "The stock does not allow this", "The SKU holds nothing for this order."),
    PAYMENT_STEP_NOT_POSSIBLE(
            409,
            "payment-step-not-possible",
            "The payment does not allow this",
            "The payment's status does not allow this step."),
    REQUEST_IN_PROGRESS(
            409,
            "request-in-progress",
            "Idempotency-Key in use",
            "The first attempt with this Idempotency-Key still runs. Repeat the request after the time in Retry-After."),
    VERIFICATION_UNDER_WAY(
            409,
            "verification-under-way",
            "Not possible now",
            "This node verifies the log already. Repeat the call later."),
    LOG_EMPTY(409, "log-empty", "Not possible now", "The log has no event, so there is nothing to sign."),
    LOG_CHANGED(
            409,
            "log-changed",
            "Not possible now",
            "The log was changed. GET /api/audit/verification names the first place."),
    REPLAY_UNDER_WAY(
            409,
            "replay-under-way",
            "Not possible now",
            "A replay of this projection runs. Cancel it, or wait for its end."),
    REPLAY_OVER(409, "replay-over", "Not possible now", "The replay has ended and can no longer be changed."),
    NO_LAST_GENERATION(
            409, "no-last-generation", "Not possible now", "The projection has no earlier generation to go back to."),
    OTHER_VERSION(
            409,
            "other-version",
            "Not possible now",
            "Another version of the projection built the earlier generation. Only a node of that version can go back to it."),
    GENERATION_IN_USE(
            409,
            "generation-in-use",
            "Not possible now",
            "Queries use the live generation without a pause. Repeat the call."),
    NOT_IN_SANDBOX(
            409,
            "not-in-sandbox",
            "Not possible now",
            "The replay has no position to stop at, has not reached it, or a later replay has taken its place."),
    NOT_PARKED(409, "not-parked", "Not possible now", "Only a parked saga can be retried, skipped or compensated."),
    NOT_COMPENSABLE(
            409,
            "not-compensable",
            "Not possible now",
            "A payment is retried or skipped. Compensate the order instead."),
    STALE_VERSION(
            412,
            "stale-version",
            "Stale version",
            "If-Match names no version that the object has now. Read it again, and decide on what it shows."),
    CONTENT_TOO_LARGE(413, "content-too-large", "Content too large", "A body has at most 1 MiB."),
    URI_TOO_LONG(414, "uri-too-long", "URI too long", "The request line is longer than 8 KiB."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "unsupported-media-type",
            "Unsupported media type",
            "A body is JSON: send Content-Type: application/json."),
    IDEMPOTENCY_KEY_REUSED(
            422,
            "idempotency-key-reused",
            "Idempotency-Key in use",
            "The Idempotency-Key was used for another request. Each request needs a key of its own."),
    HEADERS_TOO_LARGE(
            431, "headers-too-large", "Headers too large", "The request's line and headers are longer than 8 KiB."),
    INTERNAL_ERROR(
            500,
            "internal-error",
            "Internal error",
            "The platform has a fault. Its log tells more beside the problem's correlationId."),
    NOT_IMPLEMENTED(
            501, "not-implemented", "Not implemented", "The platform does not know this method or transfer coding."),
    UNAVAILABLE(
            503,
            "unavailable",
            "Try again",
            "A server that the platform needs does not answer, or the node stops. Repeat the request, a write with the same"
                    + " Idempotency-Key, after the time in Retry-After."),
    BUSY(503, "busy", "Busy", "Too many such calls are under way. Repeat the call after the time in Retry-After."),
    PROJECTION_BEHIND(
            503,
            "projection-behind",
            "Projection behind",
            "The read model has not reached the position in Consistency-Token within the maximum wait. Repeat the call after the"
                    + " time in Retry-After."),
    HTTP_VERSION_NOT_SUPPORTED(
            505, "http-version-not-supported", "HTTP version not supported", "The platform speaks HTTP/1.1.");

    private final int status;
    private final String code;
    private final String title;
    private final String explanation;

    ProblemType(int status, String code, String title, String explanation) {
        this.status = status;
        this.code = code;
        this.title = title;
        this.explanation = explanation;
    }

    /** Of the HTTP answer. */
    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** The problem's {@code title}. */
    public String title() {
        return title;
    }

    /** For a person: what it means, and what to do about it. */
    public String explanation() {
        return explanation;
    }

    /** The problem's {@code type}: the path of the page that explains it. */
    public String path() {
        return "/problems/" + code;
    }

    /** Empty for a code that no problem has. */
    public static Optional<ProblemType> named(String code) {
        return Stream.of(values()).filter(type -> type.code.equals(code)).findFirst();
    }

    /** The type of an answer of which only the status is known. */
    public static ProblemType ofStatus(int status) {
        return Stream.of(values())
                .filter(type -> type.status == status)
                .findFirst()
                .orElse(status < 500 ? INVALID_REQUEST : INTERNAL_ERROR);
    }
}
