package orderplatform.app.operations;

import java.util.List;
import java.util.Map;
import orderplatform.api.Problem;
import orderplatform.api.ProblemType;
import orderplatform.command.web.Answers.Written;
import orderplatform.eventstore.parking.ParkedRequest.Action;
import orderplatform.eventstore.parking.ParkingTables;
import orderplatform.eventstore.saga.StoredSagas.Waiting;
import orderplatform.saga.fulfilment.OrderFulfilment;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** What operators do about a parked saga. */
@Profile("!baseline")
@Component
class SagaOperations {

    private final Sagas sagas;
    private final ParkingTables tables;
    private final ParkedActions actions;

    SagaOperations(Sagas sagas, ParkingTables tables, ParkedActions actions) {
        this.sagas = sagas;
        this.tables = tables;
        this.actions = actions;
    }

    /** @return 200 with what has become of the saga; 202 if no node has done it yet */
    Written perform(Action action, List<Waiting> parked, String reason) {
        var saga = parked.getFirst();
        if (action == Action.COMPENSATE && !saga.processor().equals(OrderFulfilment.PROCESSOR)) {
            throw Problem.of(ProblemType.NOT_COMPENSABLE, "A payment is tried again or skipped; compensate its order.");
        }
        boolean isDone = parked.stream()
                .flatMap(it -> tables.find(it.parkedId()).stream())
                .map(it -> actions.perform(it, action, reason))
                .reduce(true, Boolean::logicalAnd);
        return new Written(isDone ? HttpStatus.OK : HttpStatus.ACCEPTED, now(Sagas.view(saga)), Map.of());
    }

    private SagaView now(SagaView before) {
        return sagas.parked(before.sagaId()).stream()
                .map(Sagas::view)
                .findFirst()
                .or(() -> sagas.running(before.sagaId()))
                .orElseGet(before::done);
    }
}
