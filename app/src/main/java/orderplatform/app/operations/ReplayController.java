package orderplatform.app.operations;

import java.net.URI;
import java.util.UUID;
import orderplatform.eventstore.replay.GenerationInUse;
import orderplatform.eventstore.replay.Replay;
import orderplatform.eventstore.replay.Replay.State;
import orderplatform.eventstore.replay.Replays;
import orderplatform.query.web.Parameters;
import orderplatform.query.web.Problems;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Projections built anew beside themselves. Axon's stock stores have no such thing. */
@Profile("!stock")
@RestController
@RequestMapping("/api/projections/{projection}")
class ReplayController {

    private final Replays replays;

    ReplayController(Replays replays) {
        this.replays = replays;
    }

    /** @param until position at which it stops, not to become live */
    record Wanted(@Nullable Long until) {}

    @PostMapping("/replays")
    ResponseEntity<ReplayView> begin(
            @PathVariable String projection, @RequestBody(required = false) @Nullable Wanted wanted) {
        requireKnown(projection);
        var until = wanted == null ? null : wanted.until();
        if (until != null && (until < 0 || until > replays.head())) {
            throw Problems.invalid("until", "must be a position of the log");
        }
        var begun = replays.begin(projection, until)
                .orElseThrow(() ->
                        Problems.conflict("replay-under-way", "A replay of the projection is under way already."));
        return ResponseEntity.accepted()
                .location(URI.create("/api/projections/%s/replays/%s".formatted(projection, begun.id())))
                .body(ReplayView.of(begun));
    }

    @GetMapping("/replays/{id}")
    ReplayView one(@PathVariable String projection, @PathVariable String id) {
        return ReplayView.of(find(projection, id));
    }

    @PostMapping("/replays/{id}/pause")
    ReplayView pause(@PathVariable String projection, @PathVariable String id) {
        return ask(find(projection, id), State.PAUSED);
    }

    @PostMapping("/replays/{id}/resume")
    ReplayView resume(@PathVariable String projection, @PathVariable String id) {
        return ask(find(projection, id), State.RUNNING);
    }

    @PostMapping("/replays/{id}/cancel")
    ReplayView cancel(@PathVariable String projection, @PathVariable String id) {
        return ask(find(projection, id), State.CANCELLED);
    }

    /** @param generation that is live now */
    record RolledBack(String projection, int generation) {}

    @PostMapping("/rollback")
    RolledBack rollBack(@PathVariable String projection) {
        requireKnown(projection);
        try {
            if (!replays.rollBack(projection)) {
                throw Problems.conflict("no-last-generation", "There is no generation to go back to.");
            }
        } catch (GenerationInUse busy) {
            throw Problems.conflict("generation-in-use", "The live generation is in use and can't be swapped now.");
        }
        return new RolledBack(projection, replays.generation(projection));
    }

    private void requireKnown(String projection) {
        if (!replays.has(projection)) {
            throw Problems.notFound("projection", "There is no such projection.");
        }
    }

    private ReplayView ask(Replay replay, State wanted) {
        if (!replays.ask(replay, wanted)) {
            throw Problems.conflict("replay-over", "The replay is over.");
        }
        return ReplayView.of(find(replay.projection(), replay.id().toString()));
    }

    private Replay find(String projection, String id) {
        return Parameters.inPath(id, UUID::fromString)
                .flatMap(it -> replays.find(projection, it))
                .orElseThrow(() -> Problems.notFound("replay", "There is no such replay."));
    }
}
