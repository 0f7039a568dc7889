package orderplatform.eventstore.replay;

import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import orderplatform.eventstore.bulk.LogRanges;
import orderplatform.eventstore.log.Node;
import orderplatform.eventstore.projection.Projection;
import orderplatform.eventstore.projection.Projections;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Replays of the {@link Projection}s that are beans of this node. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReplaySettings.class)
class ReplayConfiguration {

    @Bean
    LiveVersions liveVersions(ListableBeanFactory beans, DataSource dataSource) {
        return new LiveVersions(Projections.in(beans), dataSource);
    }

    @Bean
    Replays replays(
            ListableBeanFactory beans,
            LiveVersions versions,
            org.axonframework.config.Configuration axon,
            LogRanges log,
            DataSource dataSource,
            Node node,
            Serializer serializer,
            PlatformTransactionManager transactions,
            ReplaySettings settings,
            MeterRegistry meters) {
        var live = new LivePositions(dataSource, serializer);
        var means = new Means(
                log,
                new ReplayTable(dataSource, node),
                new GenerationTables(dataSource, live),
                live,
                versions,
                new TransactionTemplate(transactions),
                axon,
                settings);
        return new Replays(Projections.in(beans), means, new ReplayMetrics(meters));
    }
}
