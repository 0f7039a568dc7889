package orderplatform.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import orderplatform.api.EventCatalogue;
import orderplatform.api.RecordedEvent;
import orderplatform.app.Platform;
import orderplatform.query.log.EventLog;
import org.awaitility.Awaitility;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jpa.JpaTokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.axonframework.updates.UpdateChecker;
import org.axonframework.updates.configuration.UsagePropertyProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** What Axon found when it put itself together: several of its defaults lose data or tell tales. */
@ResourceLock(Platform.SHARED)
class PlatformContextTest {

    private final Platform platform = Platform.shared();
    private final JdbcClient database = platform.bean(JdbcClient.class);

    @Test
    void every_serializer_writes_json() {
        assertThat(platform.beans(Serializer.class).values())
                .isNotEmpty()
                .allMatch(Jackson3Serializer.class::isInstance);
    }

    @Test
    void events_are_stored_under_the_names_of_the_catalogue() {
        platform.order("17850", platform.stocked(1), 1).expect(201);
        var names = platform.bean(EventLog.class).read(-1, 1_000, null, null).stream()
                .map(RecordedEvent::type)
                .distinct()
                .toList();
        assertThat(names)
                .isNotEmpty()
                .allSatisfy(
                        name -> assertThat(EventCatalogue.named(name)).as(name).isPresent());
    }

    @Test
    void nothing_is_stored_as_a_large_object() {
        assertThat(database.sql("""
                        SELECT table_name || '.' || column_name FROM information_schema.columns
                        WHERE data_type = 'oid' AND table_schema IN ('public', 'event_log')""").query(String.class).list()).isEmpty();
    }

    @Test
    void a_refused_insert_does_not_tell_what_was_to_be_stored() {
        var insert = "INSERT INTO notification_contact (order_id, email) VALUES (?, 'a@b.example')";
        List<Object[]> twice = List.of(new Object[] {"17850-twice"}, new Object[] {"17850-twice"});
        assertThatThrownBy(() -> platform.bean(JdbcTemplate.class).batchUpdate(insert, twice))
                .isInstanceOf(DuplicateKeyException.class)
                .extracting(refusal -> refusal.getMessage() + refusal.getCause())
                .asString()
                .doesNotContain("17850-twice");
    }

    @Test
    void a_node_that_vanishes_in_a_transaction_keeps_its_locks_for_seconds_only() {
        assertThat(database.sql("SHOW idle_in_transaction_session_timeout")
                        .query(String.class)
                        .single())
                .isEqualTo("20s");
    }

    @Test
    void units_of_work_are_transactions_of_the_database_that_holds_log_and_tokens() {
        assertThat(platform.bean(TransactionManager.class)).isInstanceOf(SpringTransactionManager.class);
        assertThat(platform.bean(PlatformTransactionManager.class)).isInstanceOf(JpaTransactionManager.class);
        assertThat(platform.bean(TokenStore.class))
                .isInstanceOf(Platform.isOnBaselineStores() ? JpaTokenStore.class : JdbcTokenStore.class);
        assertThat(platform.bean(EventStore.class).getClass().getSimpleName())
                .isEqualTo(Platform.isOnBaselineStores() ? "EmbeddedEventStore" : "LogEventStore");
    }

    @Test
    void no_event_processor_passes_over_an_event_that_failed() {
        var processors = platform.bean(EventProcessingConfiguration.class);
        assertThat(processors.eventProcessors())
                .containsKeys("fulfilment", "payments", "orders", "stock", "relay")
                .allSatisfy((name, processor) -> {
                    assertThat(processors.listenerInvocationErrorHandler(name))
                            .as(name)
                            .isInstanceOf(PropagatingErrorHandler.class);
                    assertThat(processors.errorHandler(name)).as(name).isInstanceOf(PropagatingErrorHandler.class);
                });
    }

    @Test
    void nothing_is_told_to_axons_vendor() {
        assertThat(System.getProperty("axoniq.update-checker.disabled")).isEqualTo("true");
        assertThat(UsagePropertyProvider.create().getDisabled()).isTrue();
        assertThat(platform.beans(UpdateChecker.class)).isEmpty();
    }

    @Test
    void a_projection_that_is_added_later_reads_the_whole_log_also_after_a_restart() {
        platform.order("17850", platform.stocked(1), 1).expect(201);
        List<EventMessage<?>> seen = new CopyOnWriteArrayList<>();
        var name = Platform.newId("newcomer");
        read(name, seen);
        var before = seen.size();
        platform.stocked(1);
        read(name, seen);
        assertThat(seen).hasSizeGreaterThan(before).doesNotHaveDuplicates();
        assertThat(platform.get("/api/projections").expect(200).body().findValuesAsString("name"))
                .contains(name);
        // The others who share the platform wait until all who read its log are at the end.
        platform.bean(JdbcClient.class)
                .sql("DELETE FROM %s WHERE processor_name = ?".formatted(Platform.tokenTable()))
                .param(name)
                .update();
    }

    /** Runs a processor with Axon's defaults until it has read what is there. */
    private void read(String name, List<EventMessage<?>> seen) {
        var events = platform.bean(EventStore.class);
        var processor = TrackingEventProcessor.builder()
                .name(name)
                .messageSource(events)
                .tokenStore(platform.bean(TokenStore.class))
                .transactionManager(platform.bean(TransactionManager.class))
                .eventHandlerInvoker(SimpleEventHandlerInvoker.builder()
                        .eventHandlers(new Object() {
                            @org.axonframework.eventhandling.EventHandler
                            void on(EventMessage<?> event) {
                                seen.add(event);
                            }
                        })
                        .build())
                .build();
        processor.start();
        try {
            var head = database.sql(
                            Platform.isOnBaselineStores()
                                    ? "SELECT count(*) FROM domain_event_entry"
                                    : "SELECT count(*) FROM event_log.event")
                    .query(Integer.class);
            Awaitility.await(name).atMost(Duration.ofSeconds(20)).until(() -> seen.size() >= head.single());
        } finally {
            processor.shutDown();
        }
    }
}
