package orderplatform.query.notifications;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Shows the ledger; sends nothing by itself. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NotificationProperties.class)
@Import({NotificationQueries.class, NotificationQueryController.class, NotificationProgress.class})
public class NotificationLedgerConfiguration {}
