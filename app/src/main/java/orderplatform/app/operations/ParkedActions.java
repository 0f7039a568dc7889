package orderplatform.app.operations;

import java.time.Duration;
import orderplatform.api.orders.OrderId;
import orderplatform.eventstore.parking.Parked;
import orderplatform.eventstore.parking.ParkedEvents;
import orderplatform.eventstore.parking.ParkedRequest;
import orderplatform.eventstore.parking.ParkedRequest.Action;
import orderplatform.eventstore.parking.ParkedRequests;
import orderplatform.eventstore.parking.ParkingTables;
import orderplatform.eventstore.saga.EndedSagas;
import orderplatform.saga.fulfilment.Compensation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Does what an operator asks about a parked sequence: on this node if the node runs the reader, or else on one that does,
 * which finds the request in the database.
 *
 * <p>If a node is killed at it, another one does it again a minute later: no event is passed over twice, and what a
 * compensation sends is recognised by its receivers.
 */
@Profile("!baseline")
@Component
class ParkedActions {

    private static final Logger LOG = LoggerFactory.getLogger(ParkedActions.class);
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
    private static final int POLLS_UNTIL_PENDING = 10;

    private final ParkedRequests requests;
    private final ParkedEvents events;
    private final ParkingTables tables;
    private final Sagas sagas;
    private final EndedSagas ended;
    private final ObjectProvider<Compensation> compensation;

    ParkedActions(
            ParkedRequests requests,
            ParkedEvents events,
            ParkingTables tables,
            Sagas sagas,
            EndedSagas ended,
            ObjectProvider<Compensation> compensation) {
        this.requests = requests;
        this.events = events;
        this.tables = tables;
        this.sagas = sagas;
        this.ended = ended;
        this.compensation = compensation;
    }

    /**
     * Does it, or waits until another node has.
     *
     * @return whether it is done; if not, it is done as soon as a node that can do it is there, within an hour
     */
    boolean perform(Parked parked, Action action, String reason) {
        var request = new ParkedRequest(
                parked.id(), parked.processor(), parked.sequence(), action, parked.position(), reason);
        LOG.info("{}", request);
        if (isForThisNode(request)) {
            try {
                act(request);
                return true;
            } catch (ParkedEvents.NotHere meanwhile) {
                LOG.debug("Left to another node", meanwhile);
            }
        }
        requests.add(request);
        return awaitDone(request);
    }

    private boolean isForThisNode(ParkedRequest request) {
        return request.action() == Action.COMPENSATE
                ? compensation.getIfAvailable() != null
                : events.runs(request.processor());
    }

    private boolean awaitDone(ParkedRequest request) {
        for (int poll = 0; poll < POLLS_UNTIL_PENDING; poll++) {
            try {
                Thread.sleep(POLL_INTERVAL);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return false;
            }
            if (!requests.isWaiting(request.parkedId())) {
                return true;
            }
        }
        return false;
    }

    /** What other nodes were asked and can't do. */
    @Scheduled(fixedDelayString = "PT1S")
    void takeUp() {
        try {
            requests.forgetOld();
            requests.free().stream()
                    .filter(this::isForThisNode)
                    .filter(requests::take)
                    .forEach(this::finish);
        } catch (DataAccessException unreachable) {
            LOG.debug("Not told what other nodes were asked", unreachable);
        }
    }

    private void finish(ParkedRequest request) {
        try {
            act(request);
            requests.done(request);
        } catch (RuntimeException failed) {
            LOG.warn("{} failed, and is tried again", request, failed);
        }
    }

    private void act(ParkedRequest request) {
        switch (request.action()) {
            case RETRY -> events.retry(request.parkedId());
            case SKIP -> skip(request);
            case COMPENSATE -> compensate(request);
        }
    }

    /** The event that the operator saw is passed over, and no other. */
    private void skip(ParkedRequest request) {
        boolean isStillFirst = tables.find(request.parkedId())
                .filter(it -> it.position() == request.position())
                .isPresent();
        if (isStillFirst) {
            events.skip(request.parkedId(), request.reason());
        } else {
            events.retry(request.parkedId());
        }
    }

    /** Cancels the order, gives back what was taken for it, and ends the saga with all that waits for it. */
    private void compensate(ParkedRequest request) {
        compensation.getObject().of(new OrderId(request.sequence()), request.reason());
        sagas.parked(request.parkedId().toString()).forEach(it -> ended.end(it.row(), it.parkedId()));
    }
}
