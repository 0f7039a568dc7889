package orderplatform.app.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import orderplatform.app.client.PlatformClient;
import orderplatform.app.client.Progress;
import orderplatform.app.client.Unreachable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Rebuilds one projection, or all of them. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Has projections built anew beside their live rows, which stay until the new ones have caught up.",
        exitCodeListHeading = Remote.EXIT_CODES,
        exitCodeList = {
            "0:it is under way; with --watch: it is live, or at the position",
            Remote.FAILED,
            Remote.MALFORMED
        })
final class ReplayCommand implements Callable<Integer> {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Remote remote;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Which which;

    private static final class Which {

        @Parameters(paramLabel = "NAME", description = "the projection, such as orders")
        private @Nullable String projection;

        @Option(names = "--all", description = "every projection, as after a disaster")
        private boolean all;
    }

    @Option(names = "--until", description = "stop at this position, in the sandbox, and never become live")
    private @Nullable Long until;

    @Option(names = "--watch", description = "show how far it is, and end with it")
    private boolean watch;

    @Option(names = "--json", description = "print what the platform answers")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        if (which.all && until != null) {
            throw new ParameterException(spec.commandLine(), "--until is for one projection, not for --all");
        }
        return remote.ask(platform -> {
            boolean isFine = true;
            for (var begun : begin(platform)) {
                var replay = watch ? watch(platform, begun) : begun;
                System.out.println(json ? replay : text(replay));
                isFine &= !List.of("FAILED", "CANCELLED")
                        .contains(replay.path("state").asString());
            }
            return isFine;
        });
    }

    private List<JsonNode> begin(PlatformClient platform) throws Unreachable, Refused, InterruptedException {
        var begun = Refused.unlessDone(platform.post(
                        which.all
                                ? "/api/projections/replays"
                                : "/api/projections/%s/replays".formatted(which.projection),
                        until == null ? Map.of() : Map.of("until", until),
                        "Idempotency-Key",
                        UUID.randomUUID().toString()))
                .body();
        return which.all ? begun.path("items").valueStream().toList() : List.of(begun);
    }

    private JsonNode watch(PlatformClient platform, JsonNode begun) throws Unreachable, Refused, InterruptedException {
        var projection = begun.path("projection").asString();
        var location = "/api/projections/%s/replays/%s"
                .formatted(projection, begun.path("id").asString());
        var replay = begun;
        try (var progress = Progress.of(projection, replay.path("target").asLong() + 1)) {
            while (replay.path("finishedAt").isNull()) {
                Thread.sleep(POLL_INTERVAL);
                replay = Refused.unlessDone(platform.get(location)).body();
                progress.maxHint(replay.path("target").asLong() + 1);
                progress.stepTo(replay.path("position").asLong() + 1);
            }
        }
        return replay;
    }

    private static String text(JsonNode replay) {
        return "%s %s: %s, position %s of %s%s%s"
                .formatted(
                        replay.path("projection").asString(),
                        replay.path("id").asString(),
                        replay.path("state").asString(),
                        replay.path("position"),
                        replay.path("target"),
                        compared(replay.path("comparison")),
                        replay.path("failure").isObject() ? ", " + replay.path("failure") : "");
    }

    private static String compared(JsonNode comparison) {
        if (!comparison.isObject()) {
            return "";
        }
        return comparison.path("equal").asBoolean()
                ? ", %s rows as they were".formatted(comparison.path("rows"))
                : ", %s rows where %s were live, and not the same: look at the last generation"
                        .formatted(comparison.path("rows"), comparison.path("liveRows"));
    }
}
