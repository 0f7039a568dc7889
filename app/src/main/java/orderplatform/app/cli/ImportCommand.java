package orderplatform.app.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import orderplatform.app.client.Unreachable;
import orderplatform.app.importing.Import;
import orderplatform.app.importing.Summary;
import orderplatform.app.retail.MalformedFile;
import orderplatform.app.retail.RetailFile;
import orderplatform.app.retail.Stretch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Imports a stretch of a shop's invoices; see the usage for what it promises. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Drives a stretch of real invoices through a running platform.",
            "Nothing is sent unless the platform would take all of it. Run twice, it changes nothing."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:everything was imported",
            "1:the platform did not answer, or refused something; the summary names what",
            "2:the file or the command line cannot be read; nothing was sent"
        })
final class ImportCommand implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int UNREADABLE = 2;
    private static final int MAX_CONCURRENCY = 256;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int HIGHEST_PORT = 65_535;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "CSV, plain or gzipped, with the columns of 'Online Retail'")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--url", defaultValue = "http://localhost:8080", description = "the platform (${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init")
    private URI url;

    @Option(
            names = "--management",
            description = "its management port, for the summary's metrics; default: the port above --url's")
    private @Nullable URI management;

    @Option(names = "--from", defaultValue = "-999999999-01-01", description = "first day; default: the file's")
    @SuppressWarnings("NullAway.Init")
    private LocalDate from;

    @Option(names = "--to", defaultValue = "+999999999-12-31", description = "last day; default: the file's")
    @SuppressWarnings("NullAway.Init")
    private LocalDate to;

    @Option(names = "--concurrency", defaultValue = "8", description = "calls at once (${DEFAULT-VALUE})")
    private int concurrency;

    @Option(
            names = "--short",
            paramLabel = "N",
            defaultValue = "0",
            description = "every N-th SKU gets only half its day's demand (${DEFAULT-VALUE}: none)")
    private int shortEvery;

    @Option(names = "--first-pause", hidden = true, defaultValue = "PT0.25S")
    @SuppressWarnings("NullAway.Init")
    private Duration firstPause;

    @Override
    public Integer call() throws InterruptedException {
        if (concurrency < 1 || concurrency > MAX_CONCURRENCY) {
            throw new ParameterException(spec.commandLine(), "--concurrency must be 1 to " + MAX_CONCURRENCY);
        }
        if (shortEvery < 0) {
            throw new ParameterException(spec.commandLine(), "--short must not be negative");
        }
        if (to.isBefore(from)) {
            throw new ParameterException(spec.commandLine(), "--to must not be before --from");
        }
        try {
            Stretch stretch = RetailFile.read(file, from, to);
            Summary summary = new Import(stretch, shortEvery, concurrency, firstPause)
                    .run(url, management == null ? above(url) : management);
            summary.print(System.out);
            return summary.complete() ? 0 : FAILED;
        } catch (MalformedFile malformed) {
            return fail(UNREADABLE, "%s, %s; nothing was sent".formatted(file, malformed.getMessage()));
        } catch (IOException unreadable) {
            return fail(UNREADABLE, "cannot read %s (%s); nothing was sent".formatted(file, unreadable));
        } catch (Unreachable unreachable) {
            return fail(FAILED, unreachable.getMessage() + "; start the platform or name another with --url=");
        }
    }

    /** @return null if the platform's port has none above it */
    private static @Nullable URI above(URI platform) {
        int standard = "https".equals(platform.getScheme()) ? HTTPS_PORT : HTTP_PORT;
        int port = (platform.getPort() < 0 ? standard : platform.getPort()) + 1;
        return port > HIGHEST_PORT || platform.getHost() == null
                ? null
                : URI.create("%s://%s:%d".formatted(platform.getScheme(), platform.getHost(), port));
    }

    private static int fail(int code, String message) {
        System.err.println("order-platform: " + message);
        return code;
    }
}
