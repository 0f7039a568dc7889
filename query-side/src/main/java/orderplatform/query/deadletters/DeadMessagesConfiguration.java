package orderplatform.query.deadletters;

import orderplatform.query.notifications.NotificationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What was given up, for every node to show, send again and drop. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NotificationProperties.class)
@Import(DeadMessages.class)
public class DeadMessagesConfiguration {}
