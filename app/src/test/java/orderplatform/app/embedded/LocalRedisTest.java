package orderplatform.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRedisTest {

    @TempDir
    private Path folder;

    @Test
    void an_executable_that_is_open_for_writing_is_started_once_it_is_closed() throws Exception {
        var program = folder.resolve("program");
        Files.writeString(program, "#!/bin/sh\nexit 3\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();

        Executor soon = CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS);
        try (var open = Files.newOutputStream(program, StandardOpenOption.APPEND)) {
            CompletableFuture.runAsync(() -> close(open), soon);
            assertThat(LocalRedis.run(new ProcessBuilder(program.toString())).waitFor())
                    .isEqualTo(3);
        }
    }

    @Test
    void an_executable_that_is_missing_is_told_at_once() {
        var missing = new ProcessBuilder(folder.resolve("missing").toString());

        assertThatIOException().isThrownBy(() -> LocalRedis.run(missing)).withMessageContaining("missing");
    }

    private static void close(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
