package orderplatform.app.web;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
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

    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    @Nullable
    ResponseEntity<Object> handleDatabase(Exception failure, WebRequest request) {
        return unavailable("database", failure, request);
    }

    /** What fails a query reaches its caller wrapped. */
    @ExceptionHandler(CompletionException.class)
    @Nullable
    ResponseEntity<Object> handleQuery(CompletionException failed, WebRequest request) {
        return switch (failed.getCause()) {
            case DataAccessException failure -> handleDatabase(failure, request);
            case TransactionException failure -> handleDatabase(failure, request);
            case null, default -> handleBug(failed, request);
        };
    }

    @ExceptionHandler(AmqpException.class)
    @Nullable
    ResponseEntity<Object> handleBroker(AmqpException failure, WebRequest request) {
        return unavailable("broker", failure, request);
    }

    private @Nullable ResponseEntity<Object> unavailable(String server, Exception failure, WebRequest request) {
        LOG.warn("No answer from the {}: {}", server, failure.toString());
        var detail = "The %s did not answer.".formatted(server);
        var problem = problem(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", "Try again", detail);
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, "1");
        return handleExceptionInternal(failure, problem, headers, HttpStatus.SERVICE_UNAVAILABLE, request);
    }

    @ExceptionHandler(Exception.class)
    @Nullable
    ResponseEntity<Object> handleBug(Exception bug, WebRequest request) {
        LOG.error("Unexpected failure of {}", request.getDescription(false), bug);
        var problem = problem(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal-error",
                "Internal error",
                "The platform failed to answer; its log says why.");
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
            var reason = HttpStatus.valueOf(status.value()).getReasonPhrase();
            problem.setType(
                    URI.create("/problems/" + reason.toLowerCase(Locale.ROOT).replace(' ', '-')));
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
        var problem = problem(HttpStatus.BAD_REQUEST, "invalid-request", "Invalid request", detail);
        problem.setProperty("errors", errors);
        return problem;
    }

    private static ProblemDetail problem(HttpStatus status, String type, String title, String detail) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("/problems/" + type));
        problem.setTitle(title);
        return problem;
    }
}
