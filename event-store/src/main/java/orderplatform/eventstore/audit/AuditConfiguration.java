package orderplatform.eventstore.audit;

import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Verification and export of the log. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

    @Bean
    LogVerification logVerification(DataSource dataSource) {
        return new LogVerification(dataSource);
    }

    @Bean
    ProofExport proofExport(DataSource dataSource) {
        return new ProofExport(dataSource);
    }
}
