package orderplatform.query;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.model.SystemConfig;

/**
 * The broker of all tests, with user and password {@code guest}: the RabbitMQ at {@code test.rabbitmq.host} and
 * {@code test.rabbitmq.port} if these system properties are set, else one in this process.
 */
public record TestBroker(String host, int port) {

    private static final TestBroker INSTANCE = start();

    public static TestBroker get() {
        return INSTANCE;
    }

    private static TestBroker start() {
        String host = System.getProperty("test.rabbitmq.host");
        if (host != null) {
            return new TestBroker(host, Integer.getInteger("test.rabbitmq.port", 5672));
        }
        try {
            int port = freePort();
            new SystemLauncher()
                    .startup(Map.of(
                            SystemConfig.TYPE,
                            "Memory",
                            SystemConfig.INITIAL_CONFIGURATION_LOCATION,
                            TestBroker.class.getResource("broker.json").toString(),
                            SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT,
                            false,
                            SystemConfig.CONTEXT,
                            Map.of("test.broker.port", String.valueOf(port))));
            return new TestBroker("127.0.0.1", port);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
