package orderplatform.eventstore.reader;

import java.time.Duration;
import javax.sql.DataSource;
import orderplatform.eventstore.log.Node;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tokens beside the log, written in the transaction of what was read. */
@Configuration(proxyBeanMethods = false)
class ReaderConfiguration {

    /** A reader whose node has not signed for this long can be taken over. */
    private static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(5);

    @Bean
    TokenStore tokenStore(DataSource dataSource, Serializer serializer, Node node, ClaimRule rule) {
        var tokens = JdbcTokenStore.builder()
                .connectionProvider(new SpringDataSourceConnectionProvider(dataSource))
                .serializer(serializer)
                .claimTimeout(CLAIM_TIMEOUT)
                .nodeId(node.name())
                .schema(TokenSchema.builder()
                        .setTokenTable(ReaderTokens.TABLE)
                        .setProcessorNameColumn("processor_name")
                        .setTokenTypeColumn("token_type")
                        .build());
        return new RuledTokens(tokens, rule);
    }

    @Bean
    ClaimSigner claimSigner(EventProcessingConfiguration processors) {
        return new ClaimSigner(processors);
    }
}
