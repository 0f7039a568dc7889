package orderplatform.app.engine;

import java.util.List;
import java.util.Set;
import orderplatform.api.RecordedEvent;
import orderplatform.app.stores.RecordedEvents;
import orderplatform.eventstore.log.LogQueries;
import orderplatform.eventstore.log.PostgresEventStorageEngine;
import orderplatform.query.log.EventLog;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The log as anyone may read it. */
@Profile("!baseline")
@Component
class LoggedEvents implements EventLog {

    private static final String STOCK = "stock.";

    private final LogQueries log;
    private final PostgresEventStorageEngine engine;
    private final RecordedEvents recorded;

    LoggedEvents(JdbcTemplate database, PostgresEventStorageEngine engine, RecordedEvents recorded) {
        this.log = new LogQueries(database, PAGE_BYTES);
        this.engine = engine;
        this.recorded = recorded;
    }

    @Override
    public List<RecordedEvent> read(long after, int limit, @Nullable String type, @Nullable String stream) {
        return log.read(after, limit, type, stream).stream().map(recorded::of).toList();
    }

    @Override
    public List<RecordedEvent> ofStock(Set<String> correlationIds, Set<String> streams, int limit) {
        return log.correlated(STOCK, correlationIds, streams, limit).stream()
                .map(recorded::of)
                .toList();
    }

    @Override
    public long head() {
        return engine.head();
    }
}
