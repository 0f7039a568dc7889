package orderplatform.eventstore.commit;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import orderplatform.eventstore.log.PostgresEventStorageEngine;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.distributed.AnnotationRoutingStrategy;
import org.axonframework.commandhandling.distributed.RoutingStrategy;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.spring.config.SpringAggregateConfigurer;
import org.axonframework.spring.eventsourcing.SpringAggregateSnapshotter;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** The lane in place of Axon's command bus; every aggregate cached and snapshotted, its commands routed by one look. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LaneSettings.class)
class CommitConfiguration {

    private static final String CACHE = "aggregateCache";
    private static final String SNAPSHOTS = "aggregateSnapshots";
    private static final String TARGETS = "commandTargets";
    private static final RoutingStrategy BY_AGGREGATE = AnnotationRoutingStrategy.defaultStrategy();

    /** Axon picks one that does nothing where it finds JDBC alone: each statement would be committed by itself. */
    @Bean
    TransactionManager axonTransactions(PlatformTransactionManager transactions) {
        return new SpringTransactionManager(transactions);
    }

    @Bean(CACHE)
    AggregateCache aggregateCache(LaneSettings settings, PostgresEventStorageEngine log, MeterRegistry meters) {
        return new AggregateCache(settings.aggregates(), log, meters);
    }

    @Bean(TARGETS)
    CommandTargetResolver commandTargets() {
        return new CommandTargets(BY_AGGREGATE);
    }

    @Bean
    @Qualifier("localSegment")
    LaneCommandBus commandBus(
            TransactionManager transactions,
            PostgresEventStorageEngine log,
            AggregateCache aggregateCache,
            Reactions reactions,
            LaneSettings settings,
            MeterRegistry meters) {
        var metrics = new LaneMetrics(meters);
        return new LaneCommandBus(
                SimpleCommandBus.builder(),
                BY_AGGREGATE,
                settings,
                bus -> new GroupCommit(bus, transactions, log, aggregateCache, reactions, settings, metrics),
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

    @Bean(SNAPSHOTS)
    SnapshotTriggerDefinition aggregateSnapshots(Snapshotter aggregateSnapshotter, LaneSettings settings) {
        return new EventCountSnapshotTriggerDefinition(aggregateSnapshotter, settings.snapshotEvery());
    }

    /** The aggregates' own annotations say nothing of how they are stored. */
    @Bean
    static BeanPostProcessor cachedAggregates() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof SpringAggregateConfigurer<?> aggregate) {
                    aggregate.setCache(CACHE);
                    aggregate.setSnapshotTriggerDefinition(SNAPSHOTS);
                    aggregate.setCommandTargetResolver(TARGETS);
                }
                return bean;
            }
        };
    }
}
