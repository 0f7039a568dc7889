package orderplatform.app.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener.DefaultSystemLauncherListener;
import org.apache.qpid.server.model.Container;
import org.apache.qpid.server.model.SystemConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/** An AMQP 0-9-1 broker in this process, with queues and messages on disk. */
final class LocalBroker implements EmbeddedServer {

    private static final String USER = "orderplatform";

    private int port;
    private final String password = UUID.randomUUID().toString();
    private @Nullable SystemLauncher launcher;

    @Override
    public String name() {
        return "AMQP broker";
    }

    @Override
    public List<String> configuredBy() {
        return List.of("spring.rabbitmq.host", "spring.rabbitmq.addresses");
    }

    @Override
    public Map<String, Object> properties() {
        return Map.of(
                "spring.rabbitmq.host", "127.0.0.1",
                "spring.rabbitmq.port", port,
                "spring.rabbitmq.username", USER,
                "spring.rabbitmq.password", password);
    }

    @Override
    public void prepare(DataFolder folder) {
        port = FreePort.find();
    }

    @Override
    public void start(DataFolder folder) throws Exception {
        Path home = Files.createDirectories(folder.resolve("broker"));
        Failures failures = new Failures();
        SystemLauncher starting = new SystemLauncher(failures);
        launcher = starting;
        starting.startup(Map.of(
                SystemConfig.TYPE,
                "Memory",
                // Files, because the broker's own classpath addresses cannot be read from inside a boot jar.
                SystemConfig.INITIAL_CONFIGURATION_LOCATION,
                copy("broker.json", home).toString(),
                SystemConfig.INITIAL_SYSTEM_PROPERTIES_LOCATION,
                copy("broker.properties", home).toString(),
                SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT,
                false,
                SystemConfig.CONTEXT,
                Map.of(
                        "qpid.work_dir",
                        home.toString(),
                        "broker.port",
                        String.valueOf(port),
                        "broker.user",
                        USER,
                        "broker.password",
                        password)));
        failures.rethrow();
        removeShutdownHook(Objects.requireNonNull(failures.config).getContainer());
    }

    /** The broker's own would close it beside the platform, whose consumers then find it gone. */
    private static void removeShutdownHook(Container<?> broker) {
        var hook = ReflectionUtils.findField(broker.getClass(), "_shutdownHook");
        if (hook == null) {
            throw new IllegalStateException("This version of the broker keeps its shutdown hook elsewhere");
        }
        ReflectionUtils.makeAccessible(hook);
        Runtime.getRuntime().removeShutdownHook((Thread) ReflectionUtils.getField(hook, broker));
    }

    private static Path copy(String resource, Path home) throws IOException {
        Path file = home.resolve(resource);
        try (InputStream content = LocalBroker.class.getResourceAsStream(resource)) {
            if (content == null) {
                throw new IOException("The jar lacks " + resource);
            }
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    @Override
    public void close() {
        if (launcher != null) {
            launcher.shutdown();
        }
    }

    /** The launcher hands failures to a listener and returns as if it had started. */
    private static final class Failures extends DefaultSystemLauncherListener {

        private @Nullable RuntimeException failure;
        private @Nullable SystemConfig<?> config;

        @Override
        public void onContainerResolve(SystemConfig<?> systemConfig) {
            config = systemConfig;
        }

        @Override
        public void errorOnStartup(RuntimeException thrown) {
            failure = thrown;
        }

        void rethrow() {
            if (failure != null) {
                throw failure;
            }
        }
    }
}
