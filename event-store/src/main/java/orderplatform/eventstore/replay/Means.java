package orderplatform.eventstore.replay;

import orderplatform.eventstore.bulk.LogRanges;
import orderplatform.eventstore.projection.Projection;
import org.axonframework.config.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** What replays work with, on this node. */
record Means(
        LogRanges log,
        ReplayTable replays,
        GenerationTables tables,
        LivePositions live,
        LiveVersions versions,
        TransactionOperations transactions,
        Configuration axon,
        ReplaySettings settings) {

    Handlers handlersOf(Projection projection) {
        return new Handlers(projection, axon);
    }
}
