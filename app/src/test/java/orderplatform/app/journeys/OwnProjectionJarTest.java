package orderplatform.app.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import orderplatform.app.Client;
import orderplatform.app.Client.Answer;
import orderplatform.app.PlatformProcess;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A team follows the guide to a projection in a jar of its own, word for word. */
@Order(3)
@DisabledIf("orderplatform.app.Platform#isOnBaselineStores")
class OwnProjectionJarTest {

    private static final Path GUIDE = Path.of("..", "docs", "new-projection.md");
    private static final Pattern FILE =
            Pattern.compile("^`([^`]+)`: .*?\n```\\w*\n(.*?)\n```", Pattern.DOTALL | Pattern.MULTILINE);

    @TempDir
    private Path folder;

    @Test
    void the_projection_of_the_guide_is_built_from_a_log_that_is_older_than_it() throws Exception {
        try (var platform = new PlatformProcess()) {
            var before = cancelled(platform, "changed my mind").text("orderId");
            platform.stop();
            platform.addToClassPath(jar());
            platform.start();
            platform.await("/api/cancellations", it -> it.body().size() == 1);
            var cancelled = cancelled(platform, "too slow");

            var shown = platform.get("/api/cancellations", "Consistency-Token", cancelled.header("Consistency-Token"))
                    .expect(200);

            assertThat(shown.body().valueStream().map(it -> it.path("orderId").asString()))
                    .containsExactly(cancelled.text("orderId"), before);
            assertThat(shown.body().path(1).path("reason").asString()).isEqualTo("changed my mind");
            var replay = platform.post("/api/projections/cancellations/replays", "{}")
                    .expect(202);
            var over = platform.await(
                    replay.header("Location"),
                    it -> !it.body().path("finishedAt").isNull());
            assertThat(over.body().path("comparison").path("equal").asBoolean())
                    .as(over.response().body())
                    .isTrue();
        }
    }

    private static Answer cancelled(Client platform, String reason) {
        var placed = platform.order("17850", platform.stocked(5), 1).expect(201);
        return platform.post(placed.header("Location") + "/cancellation", Map.of("reason", reason))
                .expect(200);
    }

    private Path jar() throws IOException {
        var sources = new ArrayList<String>();
        for (var file : files()) {
            var path = folder.resolve(file.group(1));
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.group(2));
            if (file.group(1).endsWith(".java")) {
                sources.add(path.toString());
            }
        }
        assertThat(sources).hasSize(3);
        var arguments = new ArrayList<>(List.of("-proc:none", "-parameters", "-d", folder.toString(), "-classpath"));
        arguments.add(System.getProperty("java.class.path"));
        arguments.addAll(sources);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        return packed();
    }

    private static List<MatchResult> files() throws IOException {
        var guide = Files.readString(GUIDE);
        var section =
                guide.substring(guide.indexOf("\n## In a jar of your own"), guide.indexOf("\n## When it changes"));
        return FILE.matcher(section).results().toList();
    }

    private Path packed() throws IOException {
        var jar = Files.createTempFile("own-projection", ".jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.walk(folder)) {
            for (var file : files.filter(each -> !each.equals(folder)).toList()) {
                var name = folder.relativize(file).toString();
                out.putNextEntry(new JarEntry(Files.isDirectory(file) ? name + "/" : name));
                if (Files.isRegularFile(file)) {
                    Files.copy(file, out);
                }
                out.closeEntry();
            }
        }
        return jar;
    }
}
