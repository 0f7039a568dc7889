package orderplatform.query;

import orderplatform.query.notifications.NotificationProperties;
import orderplatform.query.relay.RelayProperties;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Both roles on a log in memory; everything else is as in production. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({QuerySideConfiguration.class, RelayConfiguration.class, TestLog.class})
public class TestPlatform {

    @Bean
    DisposableBean cleanBroker(AmqpAdmin admin, RelayProperties relay, NotificationProperties notifications) {
        return () -> {
            admin.deleteQueue(notifications.queue());
            admin.deleteQueue(notifications.deadLetters());
            admin.deleteExchange(notifications.deadLetters());
            admin.deleteExchange(relay.exchange());
        };
    }
}
