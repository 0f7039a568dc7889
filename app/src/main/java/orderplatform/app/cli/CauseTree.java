package orderplatform.app.cli;

import java.io.PrintStream;
import tools.jackson.databind.JsonNode;

/** Draws events under those that caused them. */
record CauseTree(PrintStream out) {

    private static final String ROW = "%-60s %10s  %-27s %s%n";

    void draw(JsonNode causes) {
        out.printf(ROW, "event", "position", "recorded at", "by");
        causes.forEach(cause -> draw(cause, "", ""));
    }

    /**
     * @param branch in front of the event
     * @param trunk in front of what it caused
     */
    private void draw(JsonNode event, String branch, String trunk) {
        var name = "%s%s (%s)"
                .formatted(
                        branch,
                        event.path("type").asString(),
                        event.path("stream").asString());
        out.printf(
                ROW,
                name,
                event.path("position"),
                event.path("recordedAt").asString(),
                event.path("actor").asString(""));
        int left = event.path("effects").size();
        for (var effect : event.path("effects")) {
            var isLast = --left == 0;
            draw(effect, trunk + (isLast ? "└─ " : "├─ "), trunk + (isLast ? "   " : "│  "));
        }
    }
}
