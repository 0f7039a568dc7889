package orderplatform.app.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import orderplatform.api.Problem;
import orderplatform.api.ProblemType;
import orderplatform.command.web.Answers;
import orderplatform.command.web.Answers.Written;
import orderplatform.command.web.WriteHeaders;
import orderplatform.eventstore.audit.LogVerdict;
import orderplatform.eventstore.audit.SignedCheckpoint;
import orderplatform.eventstore.audit.SignedCheckpoints;
import orderplatform.query.web.Parameters;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Verification of the log, and its signed checkpoints. Axon's own stores have no chain to verify. */
@Profile("!baseline")
@RestController
@RequestMapping("/api/audit")
class AuditController {

    private static final int MAX_LIMIT = 1_000;

    private final SignedCheckpoints checkpoints;
    private final Answers answers;
    private final Semaphore turn = new Semaphore(1);

    AuditController(SignedCheckpoints checkpoints, Answers answers) {
        this.checkpoints = checkpoints;
        this.answers = answers;
    }

    /** One at a time: it reads as fast as PostgreSQL gives. */
    @GetMapping("/verification")
    LogVerdict verify(@RequestParam(defaultValue = "0") long from, @RequestParam(required = false) @Nullable Long to)
            throws IOException {
        if (from < 0) {
            throw Problem.invalid("from", "must not be negative");
        }
        if (to != null && to < from) {
            throw Problem.invalid("to", "must not be before from");
        }
        if (!turn.tryAcquire()) {
            throw Problem.of(ProblemType.VERIFICATION_UNDER_WAY, "This node is verifying the log already.");
        }
        try {
            return checkpoints.verify(from, to == null ? Long.MAX_VALUE : to);
        } finally {
            turn.release();
        }
    }

    /** The newest that any node has made, oldest first. */
    @GetMapping("/checkpoints")
    List<SignedCheckpoint> newest(@RequestParam(defaultValue = "100") int limit) {
        Parameters.requireLimit(limit, MAX_LIMIT);
        return checkpoints.newest(limit);
    }

    @PostMapping("/checkpoints")
    ResponseEntity<String> make(@RequestHeader HttpHeaders headers) {
        return answers.once(WriteHeaders.of(headers), "POST /api/audit/checkpoints", () -> make());
    }

    private Written make() {
        try {
            return Written.ok(checkpoints
                    .make()
                    .orElseThrow(() -> Problem.of(ProblemType.LOG_EMPTY, "There is nothing in the log to sign.")));
        } catch (SignedCheckpoints.LogChanged changed) {
            throw Problem.of(ProblemType.LOG_CHANGED, "%s.".formatted(changed.getMessage()));
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }
}
