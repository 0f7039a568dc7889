package orderplatform.app.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server process that outlived its platform, because that one was killed. */
final class Orphan {

    private static final Duration TERMINATION_TIMEOUT = Duration.ofSeconds(10);

    private Orphan() {}

    /**
     * Ends the process named in the first line of a file, if it still runs and is ours. The caller holds the lock of
     * the data folder, so no living platform can own it.
     *
     * @param ours what the command line of our process contains; a process id may meanwhile belong to another
     */
    static void end(Path pidFile, Path ours) throws IOException {
        if (!Files.exists(pidFile)) {
            return;
        }
        String first = Files.readString(pidFile).lines().findFirst().orElse("").strip();
        if (first.matches("\\d{1,9}")) {
            ProcessHandle.of(Long.parseLong(first))
                    .filter(process -> process.info().commandLine().orElse("").contains(ours.toString()))
                    .ifPresent(Orphan::end);
        }
    }

    static void end(ProcessHandle process) {
        process.destroy();
        if (!ended(process)) {
            process.destroyForcibly();
            ended(process);
        }
    }

    private static boolean ended(ProcessHandle process) {
        try {
            process.onExit().get(TERMINATION_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException stillRunning) {
            return false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
