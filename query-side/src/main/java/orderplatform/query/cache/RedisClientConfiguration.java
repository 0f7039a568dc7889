package orderplatform.query.cache;

import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.SocketOptions;
import orderplatform.query.QueryProperties;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientConfigurationBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lettuce waits a minute for a reply, and queues commands for a server that is gone, unless it is told not to. */
@Configuration(proxyBeanMethods = false)
class RedisClientConfiguration {

    @Bean
    LettuceClientConfigurationBuilderCustomizer shortCommands(QueryProperties properties) {
        return client -> client.commandTimeout(properties.cache().commandTimeout());
    }

    @Bean
    LettuceClientOptionsBuilderCustomizer noCommandsForLater(QueryProperties properties) {
        var connect = SocketOptions.builder()
                .connectTimeout(properties.cache().connectTimeout())
                .build();
        return options -> options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(connect);
    }
}
