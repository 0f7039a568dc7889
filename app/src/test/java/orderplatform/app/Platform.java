package orderplatform.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** A whole platform in this process, on embedded servers unless its arguments name others. */
public final class Platform extends Client {

    /** The lock of the tests that use {@link #shared()}. */
    public static final String SHARED = "shared platform";

    private final ServletWebServerApplicationContext context;

    private Platform(ServletWebServerApplicationContext context) {
        this.context = context;
    }

    /** The one that all tests share which change nothing about it. */
    public static Platform shared() {
        return Shared.PLATFORM;
    }

    private static final class Shared {

        static final Platform PLATFORM = start();
    }

    /** A platform of its own on a new data folder, to be closed. */
    public static Platform start(String... args) {
        return startOn(newFolder(), args);
    }

    /** A platform on the data that an earlier one left, to be closed. */
    public static Platform startOn(Path folder, String... args) {
        var all = Stream.of(
                        Stream.of(
                                "--server.port=0",
                                "--platform.demo=false",
                                "--spring.main.log-startup-info=false",
                                "--platform.data-dir=" + folder),
                        profiles(),
                        Stream.of(args))
                .flatMap(part -> part);
        return new Platform(
                (ServletWebServerApplicationContext) run(OrderPlatform.application(), all.toArray(String[]::new)));
    }

    /** Each context sets up the JVM's logging, and two at a time trip over each other. */
    public static synchronized ConfigurableApplicationContext run(SpringApplication application, String... args) {
        return application.run(args);
    }

    /** Whether the platforms of this run are on Axon's own stores, the baseline. */
    public static boolean isOnBaselineStores() {
        return System.getProperty("platform.test.profiles", "").contains("baseline");
    }

    /** The table that holds how far each segment got. */
    public static String tokenTable() {
        return isOnBaselineStores() ? "token_entry" : "event_log.token";
    }

    /** The Spring profiles of every platform that a test starts, from {@code -Dplatform.test.profiles=}; none else. */
    public static Stream<String> profiles() {
        return Stream.of(System.getProperty("platform.test.profiles", ""))
                .filter(names -> !names.isBlank())
                .map("--spring.profiles.active="::concat);
    }

    /** All of them share what PostgreSQL is unpacked into, which would take each platform seconds. */
    public static Path newFolder() {
        try {
            var platforms = Files.createDirectories(Path.of("target", "platforms"));
            var binaries = Files.createDirectories(platforms.resolve("postgres-binaries"));
            var folder = Files.createTempDirectory(platforms, "data-");
            Files.createSymbolicLink(folder.resolve("postgres-binaries"), binaries.toAbsolutePath());
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected int port() {
        return context.getWebServer().getPort();
    }

    @Override
    protected int managementPort() {
        return Integer.parseInt(property("local.management.port"));
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> Map<String, T> beans(Class<T> type) {
        return context.getBeansOfType(type);
    }

    public String property(String name) {
        return bean(Environment.class).getProperty(name);
    }

    @Override
    public void close() {
        super.close();
        context.close();
    }
}
