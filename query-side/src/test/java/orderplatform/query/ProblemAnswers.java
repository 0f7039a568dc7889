package orderplatform.query;

import orderplatform.api.Problem;
import orderplatform.api.ProblemDetails;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** As the whole platform tells a caller of a problem. */
@RestControllerAdvice
class ProblemAnswers {

    @ExceptionHandler
    ResponseEntity<ProblemDetails> answer(Problem problem) {
        return ResponseEntity.status(problem.type().status())
                .header("Retry-After", Long.toString(problem.retryAfterSeconds()))
                .body(problem.details("/api"));
    }
}
