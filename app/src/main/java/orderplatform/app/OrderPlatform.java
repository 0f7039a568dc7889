package orderplatform.app;

import orderplatform.app.cli.CommandLineTool;
import orderplatform.app.embedded.EmbeddedServers;
import orderplatform.app.start.StartChecks;
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
@Import(Roles.class)
public class OrderPlatform {

    /** Threads that carry virtual ones; see {@link #carryVirtualThreads}. */
    private static final int CARRIERS = 64;

    /**
     * Starts the server. Ends the JVM with exit code 1 when it cannot start; the reason has been reported by then.
     */
    public static void main(String[] args) {
        carryVirtualThreads();
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

    /**
     * A virtual thread that loads a class from the boot jar keeps its carrier while it waits for the jar. With one
     * carrier per core, as many first requests at once as there are cores can wait for each other for ever.
     */
    private static void carryVirtualThreads() {
        String setting = "jdk.virtualThreadScheduler.parallelism";
        if (System.getProperty(setting) == null) {
            System.setProperty(setting, String.valueOf(CARRIERS));
        }
    }

    /** The server's application as {@link #main} runs it, for tests that start and stop it themselves. */
    public static SpringApplication application() {
        // Axon reports usage to its vendor from every start unless it is told not to.
        System.setProperty("axoniq.update-checker.disabled", "true");
        System.setProperty("disable-axoniq-console-message", "true");
        SpringApplication application = new SpringApplication(OrderPlatform.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.addInitializers(new StartChecks(), new EmbeddedServers());
        return application;
    }
}
