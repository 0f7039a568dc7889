package orderplatform.app.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Tells what happened to an order. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Tells what happened to an order, oldest first, or what caused what.",
        exitCodeListHeading = Remote.EXIT_CODES,
        exitCodeList = {Remote.DONE, Remote.FAILED, Remote.MALFORMED})
final class HistoryCommand implements Callable<Integer> {

    private static final String ROW = "%12s %7s  %-27s  %-24s %s%n";

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Remote remote;

    @Parameters(paramLabel = "ORDER", description = "id of the order")
    @SuppressWarnings("NullAway.Init")
    private String orderId;

    @Option(
            names = "--tree",
            description = "draw each event under the one that caused it, with those of stock and payment")
    private boolean tree;

    @Option(names = "--json", description = "print what the platform answers")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        return remote.ask(platform -> {
            var id = URLEncoder.encode(orderId, StandardCharsets.UTF_8);
            var history = Refused.unlessDone(
                            platform.get("/api/orders/%s/%s".formatted(id, tree ? "causes" : "history")))
                    .body();
            if (json) {
                System.out.println(history);
            } else if (tree) {
                new CauseTree(System.out).draw(history.path("causes"));
            } else {
                System.out.printf(ROW, "position", "version", "recorded at", "event", "by");
                history.path("events").forEach(HistoryCommand::print);
            }
            return true;
        });
    }

    private static void print(JsonNode event) {
        System.out.printf(
                ROW,
                event.path("position"),
                event.path("version"),
                event.path("recordedAt").asString(),
                event.path("type").asString(),
                event.path("metadata").path("actor").asString(""));
    }
}
