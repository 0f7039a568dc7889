package orderplatform.eventstore.commit;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import orderplatform.eventstore.log.LogEventStore;
import orderplatform.eventstore.log.PostgresEventStorageEngine;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.distributed.AnnotationRoutingStrategy;
import org.axonframework.commandhandling.distributed.RoutingStrategy;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.axonframework.spring.eventsourcing.SpringAggregateSnapshotter;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** The lane in place of Axon's command bus, which loads every aggregate for the batches of the lane. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LaneSettings.class)
class CommitConfiguration {

    private static final RoutingStrategy BY_AGGREGATE = AnnotationRoutingStrategy.defaultStrategy();

    /** Axon picks one that does nothing if it finds JDBC alone: each statement would be committed by itself. */
    @Bean
    TransactionManager axonTransactions(PlatformTransactionManager transactions) {
        return new SpringTransactionManager(transactions);
    }

    @Bean
    CurrentBatch currentBatch() {
        return new CurrentBatch();
    }

    @Bean
    AggregateMemory aggregateMemory(LaneSettings settings, PostgresEventStorageEngine log, MeterRegistry meters) {
        return new AggregateMemory(settings.aggregates(), log, meters);
    }

    @Bean
    CommandTargetResolver commandTargets() {
        return new CommandTargets(BY_AGGREGATE);
    }

    @Bean
    @Qualifier("localSegment")
    LaneCommandBus commandBus(
            TransactionManager transactions,
            PostgresEventStorageEngine log,
            LogEventStore store,
            AggregateMemory aggregates,
            CurrentBatch current,
            Reactions reactions,
            LaneSettings settings,
            MeterRegistry meters) {
        var metrics = new LaneMetrics(meters);
        var transaction = new BatchTransaction(current, transactions, log, store, aggregates, reactions, settings);
        return new LaneCommandBus(
                SimpleCommandBus.builder(),
                BY_AGGREGATE,
                current,
                new GroupCommit(transaction, aggregates, reactions, settings.attempts(), metrics),
                settings,
                metrics,
                Lane::start);
    }

    @Bean(destroyMethod = "shutdown")
    ExecutorService snapshotThread() {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("snapshots-", 0).factory());
    }

    @Bean
    Snapshotter aggregateSnapshotter(
            org.axonframework.config.Configuration axon,
            HandlerDefinition handlers,
            ParameterResolverFactory parameters,
            EventStore eventStore,
            TransactionManager transactions,
            @Qualifier("snapshotThread") ExecutorService snapshotThread) {
        return SpringAggregateSnapshotter.builder()
                .repositoryProvider(axon::repository)
                .transactionManager(transactions)
                .eventStore(eventStore)
                .parameterResolverFactory(parameters)
                .handlerDefinition(handlers)
                .executor(snapshotThread)
                .build();
    }

    /** Axon finds the handlers of an aggregate's commands by its annotations; what it has of state comes from the batch. */
    @Bean
    ConfigurerModule batchRepositories(LaneSettings settings) {
        return configurer -> configurer.onInitialize(axon -> axon.findModules(AggregateConfigurer.class)
                .forEach(aggregate -> loadForBatches((AggregateConfigurer<?>) aggregate, settings)));
    }

    private static <T> void loadForBatches(AggregateConfigurer<T> aggregate, LaneSettings settings) {
        var type = aggregate.aggregateType();
        aggregate.configureRepository(axon -> new BatchRepository<>(
                AnnotatedAggregateMetaModelFactory.inspectAggregate(
                        type, axon.parameterResolverFactory(), axon.handlerDefinition(type)),
                axon::repository,
                new EventCountSnapshotTriggerDefinition(axon.snapshotter(), settings.snapshotEvery()),
                (LogEventStore) axon.eventStore(),
                axon.getComponent(AggregateMemory.class),
                axon.getComponent(CurrentBatch.class)));
    }
}
