package orderplatform.app.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBarBuilder;
import orderplatform.app.client.PlatformClient;
import orderplatform.app.client.Unreachable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Has a projection built anew. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Has a projection built anew beside its live rows, which stay until it has caught up.",
        exitCodeListHeading = Remote.EXIT_CODES,
        exitCodeList = {
            "0:it is under way; with --watch: it is live, or at the position",
            Remote.FAILED,
            Remote.MALFORMED
        })
final class ReplayCommand implements Callable<Integer> {

    private static final Duration PAUSE = Duration.ofMillis(500);

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Remote remote;

    @Parameters(paramLabel = "NAME", description = "the projection, such as orders")
    @SuppressWarnings("NullAway.Init")
    private String projection;

    @Option(names = "--until", description = "stop at this position, in the sandbox, and never become live")
    private @Nullable Long until;

    @Option(names = "--watch", description = "show how far it is, and end with it")
    private boolean watch;

    @Option(names = "--json", description = "print what the platform answers")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        return remote.ask(platform -> {
            var begun = Refused.unlessDone(platform.post(
                            "/api/projections/%s/replays".formatted(projection),
                            until == null ? Map.of() : Map.of("until", until),
                            "Idempotency-Key",
                            UUID.randomUUID().toString()))
                    .body();
            var replay = watch ? watch(platform, begun) : begun;
            System.out.println(json ? replay : text(replay));
            return !List.of("FAILED", "CANCELLED").contains(replay.path("state").asString());
        });
    }

    private JsonNode watch(PlatformClient platform, JsonNode begun) throws Unreachable, Refused, InterruptedException {
        var location = "/api/projections/%s/replays/%s"
                .formatted(projection, begun.path("id").asString());
        var replay = begun;
        try (var progress = new ProgressBarBuilder()
                .setTaskName(projection)
                .setInitialMax(replay.path("target").asLong() + 1)
                .build()) {
            while (replay.path("finishedAt").isNull()) {
                Thread.sleep(PAUSE);
                replay = Refused.unlessDone(platform.get(location)).body();
                progress.maxHint(replay.path("target").asLong() + 1);
                progress.stepTo(replay.path("position").asLong() + 1);
            }
        }
        return replay;
    }

    private static String text(JsonNode replay) {
        return "%s %s: %s, position %s of %s%s"
                .formatted(
                        replay.path("projection").asString(),
                        replay.path("id").asString(),
                        replay.path("state").asString(),
                        replay.path("position"),
                        replay.path("target"),
                        replay.path("failure").isObject() ? ", " + replay.path("failure") : "");
    }
}
