package orderplatform.query;

import orderplatform.eventstore.personal.PersonalDataConfiguration;
import orderplatform.query.deadletters.DeadMessagesConfiguration;
import orderplatform.query.notifications.NotificationLedgerConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Role {@code query}: projections and query endpoints. Needs beans of {@link orderplatform.query.log.EventLog} and
 * {@link orderplatform.query.projections.ProjectionPositions}.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan({
    "orderplatform.query.cache",
    "orderplatform.query.consistency",
    "orderplatform.query.history",
    "orderplatform.query.inventory",
    "orderplatform.query.log",
    "orderplatform.query.orders",
    "orderplatform.query.projections",
    "orderplatform.query.revenue"
})
@Import({
    QueryPersistence.class,
    QueryBusConfiguration.class,
    NotificationLedgerConfiguration.class,
    DeadMessagesConfiguration.class,
    PersonalDataConfiguration.class
})
@EnableConfigurationProperties(QueryProperties.class)
public class QuerySideConfiguration {}
