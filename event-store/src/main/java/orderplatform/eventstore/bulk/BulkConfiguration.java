package orderplatform.eventstore.bulk;

import javax.sql.DataSource;
import orderplatform.eventstore.log.PostgresEventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads long stretches of the log. */
@Configuration(proxyBeanMethods = false)
class BulkConfiguration {

    @Bean
    LogRanges logRanges(
            PostgresEventStorageEngine engine,
            DataSource dataSource,
            @Qualifier("eventSerializer") Serializer eventSerializer,
            org.axonframework.config.Configuration axon) {
        return new LogRanges(engine, new LogCopy(dataSource), eventSerializer, axon.upcasterChain());
    }
}
