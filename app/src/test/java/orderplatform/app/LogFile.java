package orderplatform.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process has written to its console. */
public final class LogFile {

    private static final int LINES_TOLD = 30;

    private LogFile() {}

    /** What a failure tells of it. */
    public static String end(Path file) {
        try {
            var lines = Files.readAllLines(file);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_TOLD), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
