package orderplatform.app.operations;

import jakarta.validation.Valid;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import orderplatform.app.operations.SagaView.ParkedSaga;
import orderplatform.app.operations.SagaView.State;
import orderplatform.query.web.Parameters;
import orderplatform.query.web.Problems;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The sagas under way, and what can be done about those that are parked. */
@Profile("!stock")
@RestController
@RequestMapping("/api/sagas")
class SagaController {

    private static final int MAX_LIMIT = 200;

    private final Sagas sagas;
    private final SagaOperations operations;

    SagaController(Sagas sagas, SagaOperations operations) {
        this.sagas = sagas;
        this.operations = operations;
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
                cursor == null ? "" : Parameters.inQuery("cursor", cursor, SagaController::after),
                limit + 1);
        var page = found.subList(0, Math.min(limit, found.size()));
        return new Page(page, found.size() > limit ? cursor(page.getLast()) : null);
    }

    private static State state(String value) {
        var upper = value.toUpperCase(Locale.ROOT);
        if (!upper.equals(State.RUNNING.name()) && !upper.equals(State.PARKED.name())) {
            throw Problems.invalid("state", "must be RUNNING or PARKED");
        }
        return State.valueOf(upper);
    }

    private static String cursor(SagaView last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(last.sagaId().getBytes(StandardCharsets.UTF_8));
    }

    private static String after(String cursor) {
        return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    }

    @PostMapping("/{sagaId}/retry")
    SagaView retry(@PathVariable String sagaId, @RequestBody @Valid Reason reason) {
        return operations.retry(parked(sagaId), reason.reason());
    }

    @PostMapping("/{sagaId}/skip")
    SagaView skip(@PathVariable String sagaId, @RequestBody @Valid Reason reason) {
        return operations.skip(parked(sagaId), reason.reason());
    }

    @PostMapping("/{sagaId}/compensate")
    SagaView compensate(@PathVariable String sagaId, @RequestBody @Valid Reason reason) {
        return operations.compensate(parked(sagaId), reason.reason());
    }

    private List<ParkedSaga> parked(String sagaId) {
        var parked = sagas.parked(sagaId);
        if (parked.isEmpty()) {
            throw sagas.running(sagaId).isPresent()
                    ? Problems.conflict("not-parked", "The saga is not parked.")
                    : Problems.notFound("saga", "There is no such saga.");
        }
        return parked;
    }
}
