package orderplatform.app.audit;

import orderplatform.eventstore.log.LogVerification;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Checkpoints of the log. */
@Profile("!baseline")
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuditProperties.class)
class AuditConfiguration {

    @Bean
    Checkpoints checkpoints(LogVerification log, AuditProperties properties, JdbcClient database) {
        return new Checkpoints(log, new CheckpointFolder(properties.folder()), new CheckpointTable(database));
    }

    @Bean
    CheckpointClock checkpointClock(Checkpoints checkpoints, AuditProperties properties) {
        return new CheckpointClock(checkpoints, properties.every());
    }
}
