package orderplatform.app.operations;

import java.util.List;
import java.util.Map;
import orderplatform.command.web.Answers;
import orderplatform.command.web.Answers.Written;
import orderplatform.command.web.WriteHeaders;
import orderplatform.eventstore.replay.Replay;
import orderplatform.eventstore.replay.Replays;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Rebuilds all projections at once, as after a disaster. */
@Profile("!baseline")
@RestController
@RequestMapping("/api/projections/replays")
class AllReplaysController {

    private final Replays replays;
    private final Answers answers;

    AllReplaysController(Replays replays, Answers answers) {
        this.replays = replays;
        this.answers = answers;
    }

    /** @param items one of each projection, by name */
    record Latest(List<ReplayView> items) {

        static Latest of(List<Replay> replays) {
            return new Latest(replays.stream().map(ReplayView::of).toList());
        }
    }

    /** Where one is under way already, it is that which is answered. */
    @PostMapping
    ResponseEntity<String> begin(@RequestHeader HttpHeaders headers) {
        return answers.once(
                WriteHeaders.of(headers),
                List.of("POST /api/projections/replays"),
                () -> new Written(
                        HttpStatus.ACCEPTED,
                        Latest.of(replays.beginAll()),
                        Map.of(HttpHeaders.LOCATION, "/api/projections/replays")));
    }

    /** The last one of each projection that was ever replayed. */
    @GetMapping
    Latest latest() {
        return Latest.of(replays.latest());
    }
}
