package orderplatform.query.deadletters;

import orderplatform.query.notifications.NotificationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The table of dead letters, for every node to show, retry and drop. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NotificationProperties.class)
@Import(DeadMessages.class)
public class DeadMessagesConfiguration {}
