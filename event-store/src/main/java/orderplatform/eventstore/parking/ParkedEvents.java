package orderplatform.eventstore.parking;

import java.util.Optional;
import java.util.UUID;
import orderplatform.eventstore.reader.ClaimRule;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Goes on with what is parked, on a node that runs its reader. May be asked on several nodes at once: one of them does it. */
@Component
public class ParkedEvents {

    private static final Logger LOG = LoggerFactory.getLogger(ParkedEvents.class);

    private final ParkingTables tables;
    private final Configuration axon;
    private final ClaimRule rule;
    private final TransactionTemplate transaction;

    ParkedEvents(ParkingTables tables, Configuration axon, ClaimRule rule, PlatformTransactionManager transactions) {
        this.tables = tables;
        this.axon = axon;
        this.rule = rule;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Whether this node may go on for the reader now. */
    public boolean runs(String reader) {
        return axon.eventProcessingConfiguration()
                        .eventProcessor(reader, EventProcessor.class)
                        .filter(HandlesParked.class::isInstance)
                        .isPresent()
                && rule.mayClaim(reader);
    }

    /**
     * Handles what waits, each event in a transaction of its own, in order, until all is done or one fails.
     *
     * @return what is parked still, with the cause; empty if nothing waits any more
     * @throws NotHere if this node does not run the reader, or may not now
     */
    public Optional<Parked> retry(UUID id) {
        var parked = tables.find(id);
        while (parked.isPresent()) {
            var first = parked.get();
            try {
                reader(first.processor()).handleAgain(first, () -> tables.done(first));
            } catch (NotHere elsewhere) {
                throw elsewhere;
            } catch (Exception failure) {
                LOG.warn("{} failed again at position {}", first.sequence(), first.position(), failure);
                tables.failedAgain(first, failure);
                return tables.find(id);
            }
            parked = tables.find(id);
        }
        return Optional.empty();
    }

    /** Passes over the event that failed, for good, and goes on with those behind it as {@link #retry}. */
    public Optional<Parked> skip(UUID id, String reason) {
        tables.find(id).ifPresent(parked -> passOver(parked, reason));
        return retry(id);
    }

    private void passOver(Parked parked, String reason) {
        reader(parked.processor());
        transaction.executeWithoutResult(status -> tables.done(parked));
        LOG.warn(
                "{} skipped {} of {} at position {}: {}",
                parked.processor(),
                parked.eventType(),
                parked.sequence(),
                parked.position(),
                reason);
    }

    private HandlesParked reader(String name) {
        return axon.eventProcessingConfiguration()
                .eventProcessor(name, EventProcessor.class)
                .filter(reader -> rule.mayClaim(name))
                .filter(HandlesParked.class::isInstance)
                .map(HandlesParked.class::cast)
                .orElseThrow(() -> new NotHere(name));
    }

    /** This node does not run the reader that parked, or its rows are of another version of the projection. */
    public static final class NotHere extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotHere(String reader) {
            super("This node does not run " + reader);
        }
    }
}
