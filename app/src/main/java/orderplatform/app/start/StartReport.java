package orderplatform.app.start;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import orderplatform.app.cli.CommandLineTool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says that the platform is ready: to the person who started it with servers of its own, or else in one line of the log. */
@Component
final class StartReport {

    private static final Logger LOG = LoggerFactory.getLogger(StartReport.class);

    /** As for what Boot itself says of a start. */
    private static final String STARTUP_INFO = "spring.main.log-startup-info";

    private static final double MILLIS_PER_SECOND = 1_000;

    private final Environment environment;

    StartReport(Environment environment) {
        this.environment = environment;
    }

    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void ready(ApplicationReadyEvent event) {
        var taken = event.getTimeTaken();
        var seconds = taken == null ? "" : " after %.1f s".formatted(taken.toMillis() / MILLIS_PER_SECOND);
        var api = "http://%s:%s".formatted(host("server.address"), environment.getProperty("local.server.port"));
        var embedded = environment.getProperty("platform.embedded");
        if (embedded == null || !environment.getProperty(STARTUP_INFO, boolean.class, true)) {
            LOG.info("Ready{}, serving at {}", seconds, api);
        } else {
            print(System.out, seconds, api, embedded);
        }
    }

    private String host(String property) {
        return environment.getProperty(property, "localhost").replace("127.0.0.1", "localhost");
    }

    private void print(PrintStream out, String seconds, String api, String embedded) {
        out.printf("order-platform %s is ready%s%n", CommandLineTool.version(), seconds);
        row(out, "API", api + "/api, described at " + api + "/swagger-ui");
        row(
                out,
                "metrics",
                "http://%s:%s/actuator/prometheus"
                        .formatted(
                                host("management.server.address"), environment.getProperty("local.management.port")));
        if (embedded.toLowerCase(Locale.ROOT).contains("payment")) {
            row(
                    out,
                    "payments",
                    environment.getProperty("platform.payments.url") + "/ledger, the books of the provider's stand-in");
        }
        row(out, "servers", embedded);
        row(
                out,
                "data",
                Path.of(environment.getProperty("platform.data-dir", "data"))
                        .toAbsolutePath()
                        .normalize()
                        .toString());
        row(out, "stop", "Ctrl-C");
        out.flush();
    }

    private static void row(PrintStream out, String name, String value) {
        out.printf("  %-9s %s%n", name, value);
    }
}
