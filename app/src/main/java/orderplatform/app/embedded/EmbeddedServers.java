package orderplatform.app.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orderplatform.app.start.StartFailure;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Starts a real server for each that is not configured, while the context reads its configuration, and stops it after the
 * context has closed. The data stays in the folder {@code platform.data-dir}.
 */
public final class EmbeddedServers implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

    /** Property with the names of those that were started; none if all are the operator's. */
    private static final String NAMES = "platform.embedded";

    private static final System.Logger LOG = System.getLogger(EmbeddedServers.class.getName());

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        List<EmbeddedServer> all = servers(environment);
        List<EmbeddedServer> missing = all.stream()
                .filter(server -> !isConfigured(server, environment))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        if (missing.size() < all.size()) {
            requireWantedStandIn(missing, environment);
        }
        Running running =
                new Running(DataFolder.open(Path.of(environment.getProperty("platform.data-dir", "data"))), missing);
        stopLast(context, running);
        running.prepare();
        environment.getPropertySources().addFirst(new MapPropertySource("embeddedServers", running.properties()));
        running.start();
        // Runs after the configuration has been read and before the first bean that may need a server.
        context.addBeanFactoryPostProcessor(beans -> running.awaitStarted());
    }

    /** Whether one of the servers is started by the platform itself. */
    static boolean areNeeded(Environment environment) {
        return servers(environment).stream().anyMatch(server -> !isConfigured(server, environment));
    }

    private static List<EmbeddedServer> servers(Environment environment) {
        List<EmbeddedServer> servers = List.of(new LocalPostgres(), new LocalRedis(), new LocalBroker());
        return LocalPayments.isNeeded(environment)
                ? Stream.concat(servers.stream(), Stream.of(new LocalPayments(environment)))
                        .toList()
                : servers;
    }

    /** On servers of the operator's own, a stand-in may hide that nobody has named the provider. */
    private static void requireWantedStandIn(List<EmbeddedServer> missing, Environment environment) {
        if (missing.stream().anyMatch(LocalPayments.class::isInstance)
                && !environment.getProperty(LocalPayments.ASKED_FOR, Boolean.class, false)) {
            throw new StartFailure(
                    "platform.payments.url is not set; set the address of the payment provider, or try without one: --%s=true"
                            .formatted(LocalPayments.ASKED_FOR));
        }
    }

    private static boolean isConfigured(EmbeddedServer server, Environment environment) {
        return server.configuredBy().stream().anyMatch(name -> StringUtils.hasText(environment.getProperty(name)));
    }

    /**
     * What is registered first is destroyed last. The shutdown handler is for a start that fails before the context
     * takes charge of its beans.
     */
    private static void stopLast(ConfigurableApplicationContext context, Running running) {
        if (context.getBeanFactory() instanceof DefaultSingletonBeanRegistry beans) {
            beans.registerDisposableBean("embeddedServers", running::close);
        }
        SpringApplication.getShutdownHandlers().add(running::close);
    }

    private static final class Running implements AutoCloseable {

        private final DataFolder folder;
        private final List<EmbeddedServer> servers;
        private final AtomicBoolean closed = new AtomicBoolean();

        /**
         * Side by side, because each spends its start waiting. Not on virtual threads: they all load classes from the
         * boot jar, which pins them, and on few cores none is left for the one that holds the jar.
         */
        private final ExecutorService starts = Executors.newThreadPerTaskExecutor(Thread::new);

        private final Map<EmbeddedServer, Future<?>> starting = new LinkedHashMap<>();

        Running(DataFolder folder, List<EmbeddedServer> servers) {
            this.folder = folder;
            this.servers = servers;
        }

        Map<String, Object> properties() {
            Map<String, Object> properties = new LinkedHashMap<>();
            servers.forEach(server -> properties.putAll(server.properties()));
            properties.put(NAMES, servers.stream().map(EmbeddedServer::name).collect(Collectors.joining(", ")));
            return properties;
        }

        private void prepare(EmbeddedServer server) {
            try {
                server.prepare(folder);
            } catch (IOException failed) {
                throw didNotStart(server, failed);
            } catch (InterruptedException stop) {
                throw interrupted();
            }
        }

        void prepare() {
            servers.forEach(this::prepare);
        }

        void start() {
            for (EmbeddedServer server : servers) {
                starting.put(server, starts.submit(() -> {
                    server.start(folder);
                    return server;
                }));
            }
        }

        void awaitStarted() {
            starting.forEach(Running::await);
        }

        private static void await(EmbeddedServer server, Future<?> start) {
            try {
                start.get();
            } catch (ExecutionException failed) {
                throw didNotStart(server, failed);
            } catch (InterruptedException stop) {
                throw interrupted();
            }
        }

        private static IllegalStateException didNotStart(EmbeddedServer server, Exception failed) {
            return new IllegalStateException("The embedded %s did not start".formatted(server.name()), failed);
        }

        private static StartFailure interrupted() {
            Thread.currentThread().interrupt();
            return new StartFailure("interrupted while starting");
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                starts.close();
                servers.reversed().forEach(Running::close);
                folder.close();
            }
        }

        /** One that fails to stop must not leave the others running. */
        private static void close(EmbeddedServer server) {
            try {
                server.close();
            } catch (RuntimeException failed) {
                LOG.log(System.Logger.Level.WARNING, "the embedded " + server.name() + " did not stop", failed);
            }
        }
    }
}
