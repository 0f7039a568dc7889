package orderplatform.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortTest {

    /** With this number, two processes that know nothing of each other would have about twenty in common. */
    private static final int PORTS = 500;

    /** Another process, which has its ports until it is told to end. */
    static class Finder {
        public static void main(String[] args) throws IOException {
            IntStream.range(0, PORTS).map(i -> FreePort.find()).forEach(System.out::println);
            System.in.read();
        }
    }

    @Test
    void two_processes_find_no_port_in_common() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var other = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), Finder.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
            var theirs = output.lines().limit(PORTS).map(Integer::valueOf).collect(Collectors.toSet());
            var ours = IntStream.range(0, PORTS).mapToObj(i -> FreePort.find()).collect(Collectors.toSet());
            assertThat(theirs).hasSize(PORTS).doesNotContainAnyElementsOf(ours);
            assertThat(ours).hasSize(PORTS);
        } finally {
            other.destroy();
        }
    }
}
