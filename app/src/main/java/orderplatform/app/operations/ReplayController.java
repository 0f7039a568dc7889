package orderplatform.app.operations;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import orderplatform.api.Problem;
import orderplatform.api.ProblemType;
import orderplatform.command.web.Answers;
import orderplatform.command.web.Answers.Written;
import orderplatform.command.web.WriteHeaders;
import orderplatform.eventstore.replay.GenerationInUse;
import orderplatform.eventstore.replay.OtherVersion;
import orderplatform.eventstore.replay.Replay;
import orderplatform.eventstore.replay.Replay.State;
import orderplatform.eventstore.replay.Replays;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Rebuilds a projection beside its live rows. Axon's own stores can't. */
@Profile("!baseline")
@RestController
@RequestMapping("/api/projections/{projection}")
class ReplayController {

    private final Replays replays;
    private final ReplayLookup lookup;
    private final Answers answers;
    private final ReplayWatchers watchers;

    ReplayController(Replays replays, ReplayLookup lookup, Answers answers, ReplayWatchers watchers) {
        this.replays = replays;
        this.lookup = lookup;
        this.answers = answers;
        this.watchers = watchers;
    }

    /** @param until position at which it stops, not to become live */
    record Wanted(@Nullable Long until) {}

    @PostMapping("/replays")
    ResponseEntity<String> begin(
            @PathVariable String projection,
            @RequestHeader HttpHeaders headers,
            @RequestBody(required = false) @Nullable Wanted wanted) {
        var until = wanted == null ? null : wanted.until();
        return once("replays", projection, headers, String.valueOf(until), () -> begin(projection, until));
    }

    private Written begin(String projection, @Nullable Long until) {
        requireKnown(projection);
        if (until != null && (until < 0 || until > replays.head())) {
            throw Problem.invalid("until", "must be a position of the log");
        }
        var begun = replays.begin(projection, until)
                .orElseThrow(() ->
                        Problem.of(ProblemType.REPLAY_UNDER_WAY, "A replay of the projection is under way already."));
        var location = "/api/projections/%s/replays/%s".formatted(projection, begun.id());
        return new Written(HttpStatus.ACCEPTED, ReplayView.of(begun), Map.of(HttpHeaders.LOCATION, location));
    }

    @GetMapping("/replays/{id}")
    ReplayView one(@PathVariable String projection, @PathVariable String id) {
        return ReplayView.of(lookup.find(projection, id));
    }

    /** The same again and again, until the replay is over. */
    @GetMapping(path = "/replays/{id}/progress", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter progress(@PathVariable String projection, @PathVariable String id) {
        var found = lookup.find(projection, id);
        return watchers.watch(found.id(), () -> lookup.find(projection, id));
    }

    @PostMapping("/replays/{id}/pause")
    ResponseEntity<String> pause(
            @PathVariable String projection, @PathVariable String id, @RequestHeader HttpHeaders headers) {
        return once("pause", projection, headers, id, () -> ask(lookup.find(projection, id), State.PAUSED));
    }

    @PostMapping("/replays/{id}/resume")
    ResponseEntity<String> resume(
            @PathVariable String projection, @PathVariable String id, @RequestHeader HttpHeaders headers) {
        return once("resume", projection, headers, id, () -> ask(lookup.find(projection, id), State.RUNNING));
    }

    @PostMapping("/replays/{id}/cancel")
    ResponseEntity<String> cancel(
            @PathVariable String projection, @PathVariable String id, @RequestHeader HttpHeaders headers) {
        return once("cancel", projection, headers, id, () -> ask(lookup.find(projection, id), State.CANCELLED));
    }

    /** @param generation that is live now */
    record RolledBack(String projection, int generation) {}

    @PostMapping("/rollback")
    ResponseEntity<String> rollBack(@PathVariable String projection, @RequestHeader HttpHeaders headers) {
        return once("rollback", projection, headers, "", () -> rollBack(projection));
    }

    private Written rollBack(String projection) {
        requireKnown(projection);
        try {
            if (!replays.rollBack(projection)) {
                throw Problem.of(ProblemType.NO_LAST_GENERATION, "There is no generation to go back to.");
            }
        } catch (OtherVersion other) {
            throw Problem.of(
                    ProblemType.OTHER_VERSION,
                    "The last generation was built by version %d of the projection, which this node is not of."
                            .formatted(other.version()));
        } catch (GenerationInUse busy) {
            throw Problem.of(ProblemType.GENERATION_IN_USE, "The live generation is in use and can't be swapped now.");
        }
        return Written.ok(new RolledBack(projection, replays.generation(projection)));
    }

    /** The rows that a replay replaced are not kept any longer. */
    @DeleteMapping("/generations/last")
    ResponseEntity<String> dropLast(@PathVariable String projection, @RequestHeader HttpHeaders headers) {
        return answers.once(
                WriteHeaders.of(headers),
                List.of("DELETE /api/projections/generations/last", projection),
                () -> dropLast(projection));
    }

    private Written dropLast(String projection) {
        requireKnown(projection);
        if (!replays.dropLast(projection)) {
            throw Problem.of(ProblemType.GENERATION_NOT_FOUND, "There is no last generation.");
        }
        return new Written(HttpStatus.NO_CONTENT, null, Map.of());
    }

    private ResponseEntity<String> once(
            String action, String projection, HttpHeaders headers, String of, Supplier<Written> write) {
        return answers.once(
                WriteHeaders.of(headers), List.of("POST /api/projections/" + action, projection, of), write);
    }

    private void requireKnown(String projection) {
        if (!replays.has(projection)) {
            throw Problem.of(ProblemType.PROJECTION_NOT_FOUND, "There is no such projection.");
        }
    }

    private Written ask(Replay replay, State wanted) {
        if (!replays.ask(replay, wanted)) {
            throw Problem.of(ProblemType.REPLAY_OVER, "The replay is over.");
        }
        return Written.ok(
                ReplayView.of(lookup.find(replay.projection(), replay.id().toString())));
    }
}
