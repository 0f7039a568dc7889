package orderplatform.app.operations;

import java.util.UUID;
import orderplatform.api.Problem;
import orderplatform.api.ProblemType;
import orderplatform.eventstore.replay.Replay;
import orderplatform.eventstore.replay.Replays;
import orderplatform.query.web.Parameters;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Finds the replay that a path names. */
@Profile("!baseline")
@Component
class ReplayLookup {

    private final Replays replays;

    ReplayLookup(Replays replays) {
        this.replays = replays;
    }

    /** @throws Problem 404 if there is none */
    Replay find(String projection, String id) {
        return Parameters.inPath(id, UUID::fromString)
                .flatMap(it -> replays.find(projection, it))
                .orElseThrow(() -> Problem.of(ProblemType.REPLAY_NOT_FOUND, "There is no such replay."));
    }
}
