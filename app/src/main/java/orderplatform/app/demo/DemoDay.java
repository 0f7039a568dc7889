package orderplatform.app.demo;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import orderplatform.app.client.Unreachable;
import orderplatform.app.importing.Import;
import orderplatform.app.retail.MalformedFile;
import orderplatform.app.retail.RetailFile;
import orderplatform.app.retail.Stretch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Imports the carried day over the platform's own HTTP calls when the server is up, beside everything else that it
 * serves. Asks the platform first, so that a second start imports nothing twice.
 */
@Component
@ConditionalOnProperty("platform.demo")
final class DemoDay {

    private static final Logger LOG = LoggerFactory.getLogger(DemoDay.class);
    private static final String FILE = "/demo/online-retail-2010-12-01.csv.gz";
    private static final LocalDate DAY = LocalDate.of(2010, 12, 1);
    private static final int CONCURRENCY = 8;
    /** Leaves about one SKU in a hundred short, so that a few orders show how a rejection looks. */
    private static final int SHORT_EVERY = 100;

    private final Environment environment;
    private final ConfigurableApplicationContext context;

    DemoDay(Environment environment, ConfigurableApplicationContext context) {
        this.environment = environment;
        this.context = context;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        List<String> roles = List.of(environment.getProperty("platform.roles", String[].class, new String[0]));
        if (roles.isEmpty() || roles.containsAll(List.of("command", "query"))) {
            Thread.ofPlatform().name("demo").start(this::run);
        }
    }

    private void run() {
        URI self = at(environment.getRequiredProperty("local.server.port"));
        String management = environment.getProperty("local.management.port");
        try {
            Import demo = new Import(day(), SHORT_EVERY, CONCURRENCY);
            if (demo.isDone(self)) {
                LOG.info("The demo day is there already");
            } else {
                demo.run(self, management == null ? null : at(management)).print(System.out);
                LOG.info("The demo day is imported");
            }
            if (environment.getProperty("platform.demo.exit", Boolean.class, false)) {
                context.close();
            } else {
                tryNext(self);
            }
        } catch (IOException | MalformedFile | Unreachable failed) {
            // A platform that stops serves its own import no more; the next start goes on with it.
            if (context.isActive()) {
                LOG.error("The demo day was not imported", failed);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tryNext(URI self) {
        System.out.printf("""
                try next:
                  curl -s %1$s/api/orders/536365
                  curl -s %1$s/api/orders/536365/history
                  curl -s '%1$s/api/orders?status=REJECTED&limit=3'
                """, self);
    }

    private static URI at(String port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static Stretch day() throws IOException, MalformedFile {
        try (InputStream content = DemoDay.class.getResourceAsStream(FILE)) {
            if (content == null) {
                throw new FileNotFoundException(FILE);
            }
            return RetailFile.read(content, DAY, DAY);
        }
    }
}
