package orderplatform.app.audit;

import orderplatform.eventstore.audit.CheckpointSchedule;
import orderplatform.eventstore.audit.LogVerification;
import orderplatform.eventstore.audit.SignedCheckpoints;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;

/** SignedCheckpoints of the log. */
@Profile("!baseline")
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuditProperties.class)
class CheckpointConfiguration {

    @Bean
    SignedCheckpoints signedCheckpoints(LogVerification log, AuditProperties properties, JdbcClient database) {
        return new SignedCheckpoints(log, properties.folder(), database);
    }

    @Bean
    CheckpointSchedule checkpointSchedule(SignedCheckpoints checkpoints, AuditProperties properties) {
        return new CheckpointSchedule(checkpoints, properties.every());
    }
}
