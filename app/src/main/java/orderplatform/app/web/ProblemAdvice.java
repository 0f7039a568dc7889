package orderplatform.app.web;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import orderplatform.api.ProblemType;
import orderplatform.eventstore.reader.Outages;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Every error of every call as RFC 9457 problem details: a stable type, the fields at fault, and no internals. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final int MAX_ERRORS = 100;
    private static final URI UNTYPED = URI.create("about:blank");
    private static final Predicate<Throwable> OUTAGE = Outages.or(AmqpException.class);

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var errors = invalid.getBindingResult().getFieldErrors().stream()
                .limit(MAX_ERRORS)
                .map(error -> new FieldProblem(error.getField(), message(error)))
                .toList();
        return handleExceptionInternal(invalid, invalidRequest(errors), headers, status, request);
    }

    private static String message(FieldError error) {
        return error.getDefaultMessage() == null ? "is invalid" : error.getDefaultMessage();
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        var error = JsonProblems.of(unreadable.getCause());
        return handleExceptionInternal(unreadable, invalidRequest(List.of(error)), headers, status, request);
    }

    @ExceptionHandler(MethodArgumentTypeMismatchException.class)
    @Nullable
    ResponseEntity<Object> handle(MethodArgumentTypeMismatchException mismatch, WebRequest request) {
        var error = new FieldProblem(mismatch.getName(), "has the wrong form");
        return handleExceptionInternal(
                mismatch, invalidRequest(List.of(error)), new HttpHeaders(), HttpStatus.BAD_REQUEST, request);
    }

    /** What fails a query reaches its caller wrapped. */
    @ExceptionHandler(Exception.class)
    @Nullable
    ResponseEntity<Object> handleFailure(Exception failure, WebRequest request) {
        return OUTAGE.test(failure) ? handleOutage(failure, request) : handleBug(failure, request);
    }

    private @Nullable ResponseEntity<Object> handleOutage(Exception outage, WebRequest request) {
        LOG.warn("No answer from a server that {} needs: {}", request.getDescription(false), outage.toString());
        var problem = problem(ProblemType.UNAVAILABLE, "A server that the platform needs did not answer.");
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, "1");
        return handleExceptionInternal(outage, problem, headers, HttpStatus.SERVICE_UNAVAILABLE, request);
    }

    private @Nullable ResponseEntity<Object> handleBug(Exception bug, WebRequest request) {
        var id = UUID.randomUUID().toString();
        LOG.error("Unexpected failure {} of {}", id, request.getDescription(false), bug);
        var problem = problem(ProblemType.INTERNAL_ERROR, "The platform failed to answer; its log says why.");
        problem.setProperty("correlationId", id);
        return handleExceptionInternal(bug, problem, new HttpHeaders(), HttpStatus.INTERNAL_SERVER_ERROR, request);
    }

    /** Of an answer that breaks off the caller has a part already: he gets to know by the end of the connection. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (request instanceof ServletWebRequest web
                && web.getResponse() != null
                && web.getResponse().isCommitted()) {
            throw new IllegalStateException("The answer broke off", failure);
        }
        return super.handleExceptionInternal(failure, body, headers, status, request);
    }

    /** Errors that Spring itself answers get a type of their own, too. */
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem
                && (problem.getType() == null || problem.getType().equals(UNTYPED))) {
            var type = ProblemType.ofStatus(status.value());
            problem.setType(URI.create(type.path()));
            problem.setTitle(type.title());
        }
        return super.createResponseEntity(body, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleErrorResponseException(
            ErrorResponseException refusal, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return handleExceptionInternal(refusal, refusal.getBody(), headers, status, request);
    }

    private static ProblemDetail invalidRequest(List<FieldProblem> errors) {
        var detail = errors.stream()
                .limit(3)
                .map(error -> "%s %s".formatted(error.field(), error.message()))
                .collect(Collectors.joining("; "));
        var problem = problem(ProblemType.INVALID_REQUEST, detail);
        problem.setProperty("errors", errors);
        return problem;
    }

    private static ProblemDetail problem(ProblemType type, String detail) {
        var problem = ProblemDetail.forStatusAndDetail(HttpStatus.valueOf(type.status()), detail);
        problem.setType(URI.create(type.path()));
        problem.setTitle(type.title());
        return problem;
    }
}
