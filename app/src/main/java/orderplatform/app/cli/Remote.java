package orderplatform.app.cli;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import orderplatform.app.client.PlatformClient;
import orderplatform.app.client.Unreachable;
import picocli.CommandLine.Option;

/** What commands share that ask a running platform. */
final class Remote {

    static final String EXIT_CODES = "Exit codes:%n";
    static final String DONE = "0:done";
    static final String FAILED = "1:the platform did not answer, refused, or failed; the message says why";
    static final String MALFORMED = "2:the command line cannot be read";

    private static final int FAILURE = 1;

    @Option(names = "--url", defaultValue = "http://localhost:8080", description = "the platform (${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init")
    private URI url;

    @Option(names = "--first-pause", hidden = true, defaultValue = "PT0.25S")
    @SuppressWarnings("NullAway.Init")
    private Duration firstPause;

    /** Something that is asked of a platform. */
    @FunctionalInterface
    interface Task {

        /** @return whether it came out as wanted */
        boolean run(PlatformClient platform) throws Unreachable, Refused, IOException, InterruptedException;
    }

    /** @return the exit code */
    int ask(Task task) throws InterruptedException {
        try (var platform = new PlatformClient(url, firstPause)) {
            return task.run(platform) ? 0 : FAILURE;
        } catch (Unreachable unreachable) {
            return fail(unreachable.getMessage() + "; start the platform or name another with --url=");
        } catch (Refused refused) {
            return fail(String.valueOf(refused.getMessage()));
        } catch (IOException brokenOff) {
            return fail("broke off: " + brokenOff);
        }
    }

    private static int fail(String message) {
        System.err.println("order-platform: " + message);
        return FAILURE;
    }
}
