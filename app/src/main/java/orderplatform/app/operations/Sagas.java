package orderplatform.app.operations;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import orderplatform.api.orders.OrderId;
import orderplatform.api.payments.PaymentId;
import orderplatform.app.operations.SagaView.State;
import orderplatform.eventstore.saga.SagaProgress;
import orderplatform.eventstore.saga.StoredSagas;
import orderplatform.eventstore.saga.StoredSagas.Waiting;
import orderplatform.saga.fulfilment.OrderFulfilment;
import orderplatform.saga.payments.PaymentExecution;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The stored sagas as operators see them. */
@Profile("!baseline")
@Component
class Sagas {

    private final StoredSagas stored;

    Sagas(JdbcTemplate database, Serializer serializer) {
        stored = new StoredSagas(database, serializer, List.of(OrderFulfilment.class, PaymentExecution.class));
    }

    /**
     * By id.
     *
     * @param state null for all
     * @param after id of the last on the page before; empty for the first page
     */
    List<SagaView> page(@Nullable State state, String after, int limit) {
        var running = state == State.PARKED
                ? Stream.<SagaView>of()
                : stored.running(after, limit).stream().map(Sagas::view);
        var parked = state == State.RUNNING
                ? Stream.<SagaView>of()
                : stored.waiting(after, limit).stream().map(Sagas::view);
        return Stream.concat(running, parked)
                .sorted(Comparator.comparing(SagaView::sagaId))
                .limit(limit)
                .toList();
    }

    Optional<SagaView> running(String sagaId) {
        return stored.running(sagaId).map(Sagas::view);
    }

    /** Usually one: an event that can't be read at all is parked by all sagas that it may concern. */
    List<Waiting> parked(String sagaId) {
        return stored.waiting(sagaId);
    }

    private static SagaView view(StoredSagas.Running saga) {
        return new SagaView(
                saga.id(),
                orderId(saga.processor(), saga.association()),
                State.RUNNING,
                saga.progress().map(SagaProgress::waitingFor).orElse("unknown"),
                saga.progress().map(SagaProgress::since).orElse(null),
                saga.deadline(),
                0,
                null);
    }

    static SagaView view(Waiting saga) {
        return new SagaView(
                saga.id(),
                orderId(saga.processor(), saga.association()),
                State.PARKED,
                "operator",
                saga.parkedAt(),
                null,
                saga.attempts(),
                saga.cause());
    }

    private static String orderId(String processor, String association) {
        return processor.equals(PaymentExecution.PROCESSOR)
                ? new PaymentId(association).orderId().map(OrderId::value).orElse(association)
                : association;
    }
}
