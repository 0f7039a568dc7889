package orderplatform.eventstore.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import orderplatform.eventstore.Database;
import orderplatform.eventstore.Purse;
import orderplatform.eventstore.TestNode;
import orderplatform.eventstore.audit.LogCheck;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A node that is paused, or hears nothing any more, between its append and its commit. */
class SilentWriterTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final Database database = Database.create();

    @Test
    void holds_up_the_others_no_longer_than_it_may_be_silent() throws Exception {
        try (var silent = database.application().getConnection();
                var node = TestNode.on(database)) {
            silent.setAutoCommit(false);
            var table = new LogTable(new JdbcTemplate(new SingleConnectionDataSource(silent, true)), "silent");
            table.append(List.of(event()), Map.of("purse-1", -1L), List.of());
            assertThat(node.send(new Purse.PutIn("purse-2", 1)))
                    .succeedsWithin(LogTable.IDLE_IN_TRANSACTION_TIMEOUT.plus(SOON));
        }
        assertThat(LogCheck.sound(database.owner())).isEqualTo(1);
    }

    private static StoredEvent event() {
        return new StoredEvent(
                StoredEvent.NOT_YET, "purse-1", 0, UUID.randomUUID(), "lost", "1", "Purse", Instant.EPOCH, "{}", "{}");
    }
}
