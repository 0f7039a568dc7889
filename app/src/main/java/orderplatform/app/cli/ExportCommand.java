package orderplatform.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a stretch of the log to a file. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Writes a stretch of the event log to a file, one event per line.",
        exitCodeListHeading = Remote.EXIT_CODES,
        exitCodeList = {Remote.DONE, Remote.FAILED, Remote.MALFORMED})
final class ExportCommand implements Callable<Integer> {

    private static final int DONE = 200;

    /** What a line is: a JSON object, or a record of RFC 4180. */
    enum Format {
        NDJSON,
        CSV
    }

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Remote remote;

    @Option(names = "--after", defaultValue = "-1", description = "position before the first event (${DEFAULT-VALUE})")
    private long after;

    @Option(names = "--to", description = "position of the last event; default: the log's last one")
    private @Nullable Long to;

    @Option(names = "--type", description = "only events of this type, such as order.placed")
    private @Nullable String type;

    @Option(names = "--stream", description = "only events of this stream, such as order-536365")
    private @Nullable String stream;

    @Option(names = "--format", defaultValue = "NDJSON", description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init")
    private Format format;

    @Option(
            names = "--proof",
            description = "whole batches as they were written, with their hashes, for verify-log --export")
    private boolean proof;

    @Option(names = "--output", description = "file, replaced where it is there; default: standard output")
    private @Nullable Path output;

    @Override
    public Integer call() throws InterruptedException {
        return remote.ask(platform -> {
            write(platform.open(path()));
            return true;
        });
    }

    private String path() {
        var path = new StringBuilder("/api/events/export?after=%d&format=%s".formatted(after, format));
        add(path, "proof", proof ? true : null);
        add(path, "to", to);
        add(path, "type", type);
        add(path, "stream", stream);
        return path.toString();
    }

    private static void add(StringBuilder path, String name, @Nullable Object value) {
        if (value != null) {
            path.append("&%s=%s".formatted(name, URLEncoder.encode(value.toString(), StandardCharsets.UTF_8)));
        }
    }

    private void write(HttpResponse<InputStream> answer) throws IOException, Refused {
        try (var body = answer.body()) {
            if (answer.statusCode() != DONE) {
                throw new Refused(answer.statusCode() + " " + new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
            if (output == null) {
                OutputStream out = System.out;
                body.transferTo(out);
                out.flush();
            } else {
                Files.copy(body, output, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
