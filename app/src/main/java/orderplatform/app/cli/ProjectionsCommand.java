package orderplatform.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Shows how far every reader of the log is. */
@Command(
        name = "projections",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows how far every reader of the log is.",
        exitCodeListHeading = Remote.EXIT_CODES,
        exitCodeList = {Remote.DONE, Remote.FAILED, Remote.MALFORMED})
final class ProjectionsCommand implements Callable<Integer> {

    private static final String ROW = "%-24s %10s  %-9s %12s %12s %12s%n";

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Remote remote;

    @Option(names = "--json", description = "print what the platform answers")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        return remote.ask(platform -> {
            var projections =
                    Refused.unlessDone(platform.get("/api/projections")).body();
            if (json) {
                System.out.println(projections);
            } else {
                System.out.printf(ROW, "name", "generation", "state", "position", "head", "lag");
                projections.forEach(ProjectionsCommand::print);
            }
            return true;
        });
    }

    private static void print(JsonNode projection) {
        System.out.printf(
                ROW,
                projection.path("name").asString(),
                projection.path("generation"),
                projection.path("state").asString(),
                projection.path("position"),
                projection.path("head"),
                projection.path("lag"));
    }
}
