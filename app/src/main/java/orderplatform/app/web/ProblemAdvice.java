package orderplatform.app.web;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import orderplatform.api.FieldProblem;
import orderplatform.api.Problem;
import orderplatform.api.ProblemDetails;
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
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
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
    private static final Predicate<Throwable> OUTAGE = Outages.or(AmqpException.class);

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var errors = invalid.getBindingResult().getFieldErrors().stream()
                .limit(MAX_ERRORS)
                .map(error -> new FieldProblem(error.getField(), message(error)))
                .toList();
        return answer(Problem.invalid(errors), invalid, request);
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
        return answer(Problem.invalid(List.of(JsonProblems.of(unreadable.getCause()))), unreadable, request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> handle(MethodArgumentTypeMismatchException mismatch, WebRequest request) {
        return answer(Problem.invalid(mismatch.getName(), "has the wrong form"), mismatch, request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> handle(Problem problem, WebRequest request) {
        return answer(problem, problem, request);
    }

    /** What fails a query reaches its caller wrapped. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> handleFailure(Exception failure, WebRequest request) {
        if (OUTAGE.test(failure)) {
            LOG.warn("No answer from a server that {} needs: {}", request.getDescription(false), failure.toString());
            return answer(Problem.unavailable("A server that the platform needs did not answer."), failure, request);
        }
        return handleBug(failure, request);
    }

    private @Nullable ResponseEntity<Object> handleBug(Exception bug, WebRequest request) {
        var id = UUID.randomUUID().toString();
        LOG.error("Unexpected failure {} of {}", id, request.getDescription(false), bug);
        var problem = Problem.of(ProblemType.INTERNAL_ERROR, "The platform failed to answer; its log says why.");
        return handleExceptionInternal(
                bug,
                problem.details(path(request)).withCorrelationId(id),
                new HttpHeaders(),
                HttpStatus.INTERNAL_SERVER_ERROR,
                request);
    }

    private @Nullable ResponseEntity<Object> answer(Problem problem, Exception failure, WebRequest request) {
        var headers = new HttpHeaders();
        if (problem.retryAfterSeconds() > 0) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(problem.retryAfterSeconds()));
        }
        var status = HttpStatusCode.valueOf(problem.type().status());
        return handleExceptionInternal(failure, problem.details(path(request)), headers, status, request);
    }

    /** The caller has a part of an answer that breaks off: the end of the connection tells them. */
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
        var all = new HttpHeaders(headers);
        all.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return new ResponseEntity<>(
                body instanceof ProblemDetail springs ? translated(springs, request) : body, all, status);
    }

    private static ProblemDetails translated(ProblemDetail springs, WebRequest request) {
        var type = ProblemType.ofStatus(springs.getStatus());
        var detail = Objects.requireNonNullElse(springs.getDetail(), type.explanation());
        return new ProblemDetails(type.path(), type.title(), springs.getStatus(), detail, path(request), null, null);
    }

    private static String path(WebRequest request) {
        return ((ServletWebRequest) request).getRequest().getRequestURI();
    }
}
