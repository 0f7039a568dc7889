package orderplatform.app.faults.stand;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What has the clock of a process be off: libfaketime, if it is installed. */
public final class Clocks {

    private static final Path LIBRARIES = Path.of("/usr/lib");

    private Clocks() {}

    /** {@code -Dfaults.faketime}, or where Debian puts it. Empty if it is not. */
    public static Optional<Path> installed() {
        var given = Optional.ofNullable(System.getProperty("faults.faketime")).map(Path::of);
        return given.or(Clocks::debians).filter(Files::isReadable);
    }

    private static Optional<Path> debians() {
        if (!Files.isDirectory(LIBRARIES)) {
            return Optional.empty();
        }
        try (var architectures = Files.newDirectoryStream(LIBRARIES, "*-linux-*")) {
            for (var architecture : architectures) {
                var library = architecture.resolve("faketime/libfaketime.so.1");
                if (Files.isReadable(library)) {
                    return Optional.of(library);
                }
            }
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The environment of a process whose clock is off by that; its waits and the times of files are not. */
    public static Map<String, String> offBy(Duration offset) {
        return Map.of(
                "LD_PRELOAD", installed().orElseThrow().toString(),
                "FAKETIME", "%+ds".formatted(offset.toSeconds()),
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "FAKETIME_FORCE_MONOTONIC_FIX", "0",
                "FAKETIME_DISABLE_SHM", "1",
                "NO_FAKE_STAT", "1");
    }
}
