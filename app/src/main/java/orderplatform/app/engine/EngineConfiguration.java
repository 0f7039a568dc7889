package orderplatform.app.engine;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import orderplatform.app.stores.TokenPositions;
import orderplatform.command.web.LogPositions;
import orderplatform.eventstore.EventStoreConfiguration;
import orderplatform.eventstore.log.PostgresEventStorageEngine;
import orderplatform.eventstore.reader.ReaderTokens;
import orderplatform.eventstore.replay.Replays;
import orderplatform.query.projections.LiveGenerations;
import orderplatform.query.projections.ProjectionPositions;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The engine, and what the platform's modules want to know of it. */
@Profile("!baseline")
@Configuration(proxyBeanMethods = false)
@Import(EventStoreConfiguration.class)
class EngineConfiguration {

    /** Aggregates keep their state in fields and show none of it. */
    @Bean
    @Qualifier("snapshotSerializer")
    Serializer snapshotSerializer() {
        return Jackson3Serializer.builder()
                .jsonMapperBuilderCustomizer(mapper -> mapper.changeDefaultVisibility(
                        visible -> visible.withVisibility(PropertyAccessor.ALL, Visibility.NONE)
                                .withVisibility(PropertyAccessor.FIELD, Visibility.ANY)
                                .withVisibility(PropertyAccessor.CREATOR, Visibility.ANY)))
                .build();
    }

    @Bean
    LogPositions logPositions(PostgresEventStorageEngine log) {
        return log::positionOf;
    }

    @Bean
    LiveGenerations liveGenerations(Replays replays) {
        return replays::generation;
    }

    @Bean
    ProjectionPositions projectionPositions(JdbcClient database, Serializer serializer) {
        return new TokenPositions(database, serializer, ReaderTokens.TABLE);
    }
}
