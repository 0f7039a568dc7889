package orderplatform.app.operations;

import java.util.List;
import orderplatform.api.ProblemType;
import orderplatform.api.orders.OrderId;
import orderplatform.app.operations.SagaView.ParkedSaga;
import orderplatform.eventstore.reader.ParkedEvents;
import orderplatform.eventstore.saga.EndedSagas;
import orderplatform.query.web.Problems;
import orderplatform.saga.fulfilment.Compensation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** What operators do about a parked saga. */
@Profile("!stock")
@Component
class SagaOperations {

    private static final Logger LOG = LoggerFactory.getLogger(SagaOperations.class);

    private final Sagas sagas;
    private final ParkedEvents parkedEvents;
    private final EndedSagas ended;
    private final ObjectProvider<Compensation> compensation;

    SagaOperations(
            Sagas sagas, ParkedEvents parkedEvents, EndedSagas ended, ObjectProvider<Compensation> compensation) {
        this.sagas = sagas;
        this.parkedEvents = parkedEvents;
        this.ended = ended;
        this.compensation = compensation;
    }

    /** Handles what waits, in order, until it fails again. */
    SagaView retry(List<ParkedSaga> parked, String reason) {
        LOG.info("Retry of {}: {}", parked, reason);
        parked.forEach(it -> parkedEvents.retry(it.parkedId()));
        return now(parked.getFirst().view());
    }

    /** Passes over the event that failed, and handles those behind it. */
    SagaView skip(List<ParkedSaga> parked, String reason) {
        parked.forEach(it -> parkedEvents.skip(it.parkedId(), reason));
        return now(parked.getFirst().view());
    }

    /** Cancels the order, gives back what was taken for it, and ends the saga with all that waits for it. */
    SagaView compensate(List<ParkedSaga> parked, String reason) {
        var saga = parked.getFirst();
        if (!saga.processor().equals("fulfilment")) {
            throw Problems.of(
                    ProblemType.NOT_COMPENSABLE, "A payment is tried again or skipped; compensate its order.");
        }
        LOG.warn("Compensation of {}: {}", saga.view(), reason);
        compensation
                .getIfAvailable(() -> {
                    throw Problems.of(ProblemType.NOT_HERE, "This node runs no sagas.");
                })
                .of(new OrderId(saga.view().orderId()), reason);
        parked.forEach(it -> ended.end(it.row(), it.parkedId()));
        return now(saga.view());
    }

    private SagaView now(SagaView before) {
        return sagas.parked(before.sagaId()).stream()
                .map(ParkedSaga::view)
                .findFirst()
                .or(() -> sagas.running(before.sagaId()))
                .orElseGet(before::done);
    }
}
