package orderplatform.app.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import orderplatform.app.embedded.EmbeddedServers;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/** The main class of {@link Servers}: the platform's embedded servers without the platform. */
class ServersOnly {

    public static void main(String[] args) throws IOException {
        var application = new SpringApplication(ServersOnly.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setKeepAlive(true);
        application.addInitializers(new EmbeddedServers());
        tell(application.run(args).getEnvironment());
    }

    /** Moved into place when it is complete, because somebody waits for it. */
    private static void tell(ConfigurableEnvironment environment) throws IOException {
        var started =
                (EnumerablePropertySource<?>) environment.getPropertySources().get("embeddedServers");
        var properties = new Properties();
        for (var name : started.getPropertyNames()) {
            properties.setProperty(name, String.valueOf(started.getProperty(name)));
        }
        var file = Path.of(environment.getRequiredProperty("servers.file"));
        var unfinished = Path.of(file + ".unfinished");
        try (var content = Files.newBufferedWriter(unfinished)) {
            properties.store(content, null);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
