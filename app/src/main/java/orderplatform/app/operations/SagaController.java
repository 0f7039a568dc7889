package orderplatform.app.operations;

import jakarta.validation.Valid;
import java.util.List;
import java.util.Locale;
import orderplatform.api.Problem;
import orderplatform.api.ProblemType;
import orderplatform.app.operations.SagaView.State;
import orderplatform.command.web.Answers;
import orderplatform.command.web.WriteHeaders;
import orderplatform.eventstore.parking.ParkedRequest.Action;
import orderplatform.eventstore.saga.StoredSagas.Waiting;
import orderplatform.query.web.Cursors;
import orderplatform.query.web.Parameters;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The sagas under way, and what can be done about those that are parked. */
@Profile("!baseline")
@RestController
@RequestMapping("/api/sagas")
class SagaController {

    private static final int MAX_LIMIT = 200;

    private final Sagas sagas;
    private final SagaOperations operations;
    private final Answers answers;

    SagaController(Sagas sagas, SagaOperations operations, Answers answers) {
        this.sagas = sagas;
        this.operations = operations;
        this.answers = answers;
    }

    record Page(List<SagaView> items, @Nullable String nextCursor) {}

    @GetMapping
    Page all(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Parameters.requireLimit(limit, MAX_LIMIT);
        var found = sagas.page(
                state == null ? null : state(state),
                cursor == null ? "" : Parameters.inQuery("cursor", cursor, Cursors::decoded),
                limit + 1);
        var page = found.subList(0, Math.min(limit, found.size()));
        return new Page(
                page, found.size() > limit ? Cursors.encoded(page.getLast().sagaId()) : null);
    }

    private static State state(String value) {
        var upper = value.toUpperCase(Locale.ROOT);
        if (!upper.equals(State.RUNNING.name()) && !upper.equals(State.PARKED.name())) {
            throw Problem.invalid("state", "must be RUNNING or PARKED");
        }
        return State.valueOf(upper);
    }

    @PostMapping("/{sagaId}/retry")
    ResponseEntity<String> retry(
            @PathVariable String sagaId, @RequestHeader HttpHeaders headers, @RequestBody @Valid Reason reason) {
        return once("retry", sagaId, headers, reason, Action.RETRY);
    }

    @PostMapping("/{sagaId}/skip")
    ResponseEntity<String> skip(
            @PathVariable String sagaId, @RequestHeader HttpHeaders headers, @RequestBody @Valid Reason reason) {
        return once("skip", sagaId, headers, reason, Action.SKIP);
    }

    @PostMapping("/{sagaId}/compensate")
    ResponseEntity<String> compensate(
            @PathVariable String sagaId, @RequestHeader HttpHeaders headers, @RequestBody @Valid Reason reason) {
        return once("compensate", sagaId, headers, reason, Action.COMPENSATE);
    }

    private ResponseEntity<String> once(
            String action, String sagaId, HttpHeaders headers, Reason reason, Action operation) {
        return answers.once(
                WriteHeaders.of(headers),
                List.of("POST /api/sagas/" + action, sagaId, reason),
                () -> operations.perform(operation, parked(sagaId), reason.reason()));
    }

    private List<Waiting> parked(String sagaId) {
        var parked = sagas.parked(sagaId);
        if (parked.isEmpty()) {
            throw sagas.running(sagaId).isPresent()
                    ? Problem.of(ProblemType.NOT_PARKED, "The saga is not parked.")
                    : Problem.of(ProblemType.SAGA_NOT_FOUND, "There is no such saga.");
        }
        return parked;
    }
}
