package orderplatform.app.embedded;

import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Keeps a platform with an embedded server to this machine, unless {@code server.address} says where to listen. */
public final class LoopbackOnly implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

    /** Before the start checks, which look whether the address is free. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        if (EmbeddedServers.areNeeded(environment)) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource("loopbackOnly", Map.of("server.address", "127.0.0.1")));
        }
    }
}
