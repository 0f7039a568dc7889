package orderplatform.app.start;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import orderplatform.api.payments.WebhookSecret;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Looks at what the start depends on before anything is started, so that a refusal is quick and leaves nothing behind. */
public final class StartChecks implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

    /** One that is not there refuses at once; a busy one takes its time to make a session. */
    private static final Duration DATABASE_TIMEOUT = Duration.ofSeconds(30);

    private static final int HIGHEST_PORT = 65_535;

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Environment environment = context.getEnvironment();
        requireFreePort("server", environment);
        requireManagementPort(environment);
        requireSecret(environment);
        String url = environment.getProperty("spring.datasource.url");
        if (StringUtils.hasText(url)) {
            requireDatabase(url, environment);
        }
    }

    static StartFailure portInUse(int port, Environment environment) {
        boolean isManagement = port == ManagementPort.of(environment);
        return new StartFailure("%sport %d is in use; stop what listens there or choose another with --%sserver.port="
                .formatted(isManagement ? "management " : "", port, isManagement ? "management." : ""));
    }

    private static void requireManagementPort(Environment environment) {
        int port = ManagementPort.of(environment);
        if (port > HIGHEST_PORT || (port > 0 && port == ManagementPort.serverPort(environment))) {
            throw new StartFailure(
                    "%d can't be the management port; choose another with --management.server.port=".formatted(port));
        }
        requireFreePort("management.server", environment);
    }

    /** @param server prefix of the properties that say where it listens */
    private static void requireFreePort(String server, Environment environment) {
        int port = environment.getProperty(server + ".port", Integer.class, 0);
        if (port <= 0) {
            return;
        }
        try (ServerSocket probe = new ServerSocket()) {
            // As Tomcat does: connections of the last run that are still winding down do not count.
            probe.setReuseAddress(true);
            InetAddress address = environment.getProperty(server + ".address", InetAddress.class);
            probe.bind(address == null ? new InetSocketAddress(port) : new InetSocketAddress(address, port));
        } catch (IOException inUse) {
            throw portInUse(port, environment);
        }
    }

    private static void requireSecret(Environment environment) {
        requireUsable("platform.payments.webhook-secret", environment);
        requireUsable("platform.payments.previous-webhook-secret", environment);
        if (StringUtils.hasText(environment.getProperty("platform.payments.url"))
                && !StringUtils.hasText(environment.getProperty("platform.payments.webhook-secret"))) {
            throw new StartFailure(
                    "platform.payments.url is set without platform.payments.webhook-secret; set the secret with which the provider signs its calls back");
        }
    }

    private static void requireUsable(String secret, Environment environment) {
        String text = environment.getProperty(secret);
        try {
            if (StringUtils.hasText(text)) {
                WebhookSecret.of(text);
            }
        } catch (IllegalArgumentException invalid) {
            throw new StartFailure(
                    "%s must be Base64 after whsec_, or a text that does not begin with whsec_".formatted(secret));
        }
    }

    private static void requireDatabase(String url, Environment environment) {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, environment.getProperty("spring.datasource.username"));
        PGProperty.PASSWORD.set(properties, environment.getProperty("spring.datasource.password"));
        PGProperty.LOGIN_TIMEOUT.set(properties, (int) DATABASE_TIMEOUT.toSeconds());
        PGProperty.CONNECT_TIMEOUT.set(properties, (int) DATABASE_TIMEOUT.toSeconds());
        try (Connection connection = new Driver().connect(url, properties)) {
            if (connection == null) {
                throw new StartFailure("spring.datasource.url must begin with jdbc:postgresql:, this is " + url);
            }
        } catch (SQLException refused) {
            throw new StartFailure(
                    "PostgreSQL at %s cannot be used (%s); check spring.datasource.url, username and password"
                            .formatted(withoutParameters(url), firstLine(refused)),
                    refused);
        }
    }

    private static String withoutParameters(String url) {
        int parameters = url.indexOf('?');
        return parameters < 0 ? url : url.substring(0, parameters);
    }

    private static String firstLine(SQLException refused) {
        return String.valueOf(refused.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
