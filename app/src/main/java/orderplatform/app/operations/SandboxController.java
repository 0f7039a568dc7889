package orderplatform.app.operations;

import java.util.List;
import orderplatform.api.Problem;
import orderplatform.api.ProblemType;
import orderplatform.eventstore.projection.RowPage;
import orderplatform.eventstore.replay.Replay;
import orderplatform.eventstore.replay.Replays;
import orderplatform.query.web.Cursors;
import orderplatform.query.web.Parameters;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** For auditors: the rows of a projection as they were at a position. */
@Profile("!baseline")
@RestController
class SandboxController {

    private static final int MAX_LIMIT = 200;
    private static final String NOT_THERE =
            "The replay has no position to stop at, has not reached it, or another one has taken its place in the sandbox.";

    private final Replays replays;
    private final ReplayLookup lookup;
    private final JsonMapper json;

    SandboxController(Replays replays, ReplayLookup lookup, JsonMapper json) {
        this.replays = replays;
        this.lookup = lookup;
        this.json = json;
    }

    /** @param position of the log's last event that the rows know of */
    record Page(
            long position, List<JsonNode> items, @Nullable String nextCursor) {}

    /** @param key of the only row that is wanted, such as an order's id */
    @GetMapping("/api/projections/{projection}/replays/{id}/rows")
    Page rows(
            @PathVariable String projection,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String key,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Parameters.requireLimit(limit, MAX_LIMIT);
        var replay = lookup.find(projection, id);
        List<String> after = cursor == null ? List.of() : Parameters.inQuery("cursor", cursor, this::decoded);
        var page = page(replay, key, after, limit);
        return new Page(
                replay.position(), page.rows().stream().map(json::readTree).toList(), next(page));
    }

    private RowPage page(Replay replay, @Nullable String key, List<String> after, int limit) {
        try {
            return replays.sandbox(replay, key, after, limit)
                    .orElseThrow(() -> Problem.of(ProblemType.NOT_IN_SANDBOX, NOT_THERE));
        } catch (IllegalArgumentException malformed) {
            throw Problem.invalid(after.isEmpty() ? "key" : "cursor", "is malformed");
        }
    }

    private @Nullable String next(RowPage page) {
        return page.next().isEmpty() ? null : Cursors.encoded(json.writeValueAsString(page.next()));
    }

    private List<String> decoded(String cursor) {
        try {
            return json.readValue(Cursors.decoded(cursor), new TypeReference<>() {});
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }
}
