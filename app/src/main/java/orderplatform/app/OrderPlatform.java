package orderplatform.app;

import java.util.Locale;
import orderplatform.app.cli.CommandLineTool;
import orderplatform.app.embedded.EmbeddedServers;
import orderplatform.app.embedded.LoopbackOnly;
import orderplatform.app.start.ManagementPort;
import orderplatform.app.start.StartChecks;
import orderplatform.command.web.WriteConfiguration;
import orderplatform.query.deadletters.DeadMessagesConfiguration;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/**
 * The platform's process: the server, or one command of its command line.
 *
 * <p>Only this module is scanned for components; the configurations of the other modules are imported by role.
 */
@SpringBootApplication
@Import({Roles.class, WriteConfiguration.class, DeadMessagesConfiguration.class})
public class OrderPlatform {

    /**
     * Starts the server. Ends the JVM with exit code 1 when it cannot start; the reason has been reported by then.
     */
    public static void main(String[] args) {
        if (CommandLineTool.isMeant(args)) {
            System.exit(CommandLineTool.run(args));
        }
        try {
            application().run(args);
        } catch (SpringApplication.AbandonedRunException expectedByTools) {
            throw expectedByTools;
        } catch (RuntimeException reported) {
            System.exit(1);
        }
    }

    /** The server's application as {@link #main} runs it, for tests that start and stop it themselves. */
    public static SpringApplication application() {
        // What machines read must not depend on where the machine stands: digits in JSON, SQL and paths among it.
        Locale.setDefault(Locale.ROOT);
        // Axon reports usage to its vendor from every start unless it is told not to.
        System.setProperty("axoniq.update-checker.disabled", "true");
        System.setProperty("disable-axoniq-console-message", "true");
        SpringApplication application = new SpringApplication(OrderPlatform.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.addInitializers(new ManagementPort(), new LoopbackOnly(), new StartChecks(), new EmbeddedServers());
        return application;
    }
}
