package orderplatform.app.start;

import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Gives health and metrics a port of their own, with threads of their own: the port above the server's, or any free port
 * if the server takes any. {@code management.server.port} names another.
 */
public final class ManagementPort implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

    static final String PROPERTY = "management.server.port";

    /** Before the start checks, which look whether the port is free. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        if (!StringUtils.hasText(environment.getProperty(PROPERTY))) {
            int server = serverPort(environment);
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource(
                            "managementPort", Map.of(PROPERTY, server > 0 ? server + 1 : server)));
        }
    }

    static int serverPort(Environment environment) {
        return environment.getProperty("server.port", Integer.class, 8080);
    }

    static int of(Environment environment) {
        return environment.getRequiredProperty(PROPERTY, Integer.class);
    }
}
