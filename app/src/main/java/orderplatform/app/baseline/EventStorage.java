package orderplatform.app.baseline;

import orderplatform.app.stores.TokenPositions;
import orderplatform.query.projections.ProjectionPositions;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.common.jpa.EntityManagerProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.BatchingEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jpa.JpaEventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.axonframework.springboot.util.RegisterDefaultEntities;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The log in Axon's tables. */
@Profile("baseline")
@Configuration(proxyBeanMethods = false)
@RegisterDefaultEntities(packages = "org.axonframework.eventsourcing.eventstore.jpa")
class EventStorage {

    private static final EventSchema TABLES = EventSchema.builder()
            .eventTable("domain_event_entry")
            .snapshotTable("snapshot_event_entry")
            .globalIndexColumn("global_index")
            .timestampColumn("time_stamp")
            .eventIdentifierColumn("event_identifier")
            .aggregateIdentifierColumn("aggregate_identifier")
            .sequenceNumberColumn("sequence_number")
            .payloadTypeColumn("payload_type")
            .payloadRevisionColumn("payload_revision")
            .metaDataColumn("meta_data")
            .build();

    private final Serializer serializer;
    private final Serializer eventSerializer;
    private final PersistenceExceptionResolver persistenceExceptions;
    private final TransactionManager transactions;
    private final org.axonframework.config.Configuration axon;
    private final JdbcClient database;

    EventStorage(
            Serializer serializer,
            @Qualifier("eventSerializer") Serializer eventSerializer,
            PersistenceExceptionResolver persistenceExceptions,
            TransactionManager transactions,
            org.axonframework.config.Configuration axon,
            JdbcClient database) {
        this.serializer = serializer;
        this.eventSerializer = eventSerializer;
        this.persistenceExceptions = persistenceExceptions;
        this.transactions = transactions;
        this.axon = axon;
        this.database = database;
    }

    @Bean
    EventStorageEngine eventStorageEngine(
            BaselineSettings settings, EntityManagerProvider entityManagers, ConnectionProvider connections) {
        return switch (settings.engine()) {
            case ORDERED -> new CommitOrderedEventStorage(jpa(entityManagers), database);
            case JPA -> jpa(entityManagers).build();
            case JDBC -> jdbc(connections);
        };
    }

    private JpaEventStorageEngine.Builder jpa(EntityManagerProvider entityManagers) {
        var storage = JpaEventStorageEngine.builder()
                .entityManagerProvider(entityManagers)
                .transactionManager(transactions);
        inCommon(storage);
        return storage;
    }

    private JdbcEventStorageEngine jdbc(ConnectionProvider connections) {
        var storage = JdbcEventStorageEngine.builder()
                .connectionProvider(connections)
                .transactionManager(transactions)
                .schema(TABLES);
        inCommon(storage);
        return storage.build();
    }

    @Bean
    static ProjectionPositions projectionPositions(JdbcClient database, Serializer serializer) {
        return new TokenPositions(database, serializer, "token_entry");
    }

    private void inCommon(BatchingEventStorageEngine.Builder storage) {
        storage.snapshotSerializer(serializer)
                .eventSerializer(eventSerializer)
                .upcasterChain(axon.upcasterChain())
                .snapshotFilter(axon.snapshotFilter())
                .persistenceExceptionResolver(persistenceExceptions);
    }
}
