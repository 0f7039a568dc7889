package orderplatform.query.notifications;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Shows the ledger; sends nothing. */
@Configuration(proxyBeanMethods = false)
@Import({NotificationQueries.class, NotificationQueryController.class, NotificationProgress.class})
public class NotificationLedgerConfiguration {}
