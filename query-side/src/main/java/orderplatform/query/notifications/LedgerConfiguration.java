package orderplatform.query.notifications;

import java.time.Clock;
import orderplatform.eventstore.personal.PersonalDataConfiguration;
import orderplatform.eventstore.personal.PersonalTexts;
import orderplatform.query.log.EventLog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The ledger, for the consumer that writes it. */
@Configuration(proxyBeanMethods = false)
@Import(PersonalDataConfiguration.class)
public class LedgerConfiguration {

    @Bean
    Ledger notificationLedger(
            JdbcClient jdbc,
            EventLog log,
            JsonMapper json,
            NotificationRows rows,
            PersonalTexts personal,
            TransactionTemplate transaction) {
        var clock = Clock.systemUTC();
        return new Ledger(
                new Inbox(jdbc, clock),
                new Contacts(jdbc),
                new Placements(log, json),
                rows,
                personal,
                transaction,
                clock);
    }
}
