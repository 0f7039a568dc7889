package orderplatform.query.projections;

import java.util.List;
import orderplatform.query.log.EventLog;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ProjectionController {

    /** A read model that was never rebuilt beside itself. */
    private static final int FIRST_GENERATION = 1;

    private final ProjectionPositions positions;
    private final EventLog log;

    ProjectionController(ProjectionPositions positions, EventLog log) {
        this.positions = positions;
        this.log = log;
    }

    /** @param lag positions of the log that are still to be done */
    record Progress(String name, int generation, String state, long position, long head, long lag) {}

    @GetMapping("/api/projections")
    List<Progress> all() {
        long head = log.head();
        return positions.all().stream().map(it -> progress(it, head)).toList();
    }

    private static Progress progress(ProjectionPosition it, long head) {
        long lag = ProjectionLag.between(it.position(), head);
        return new Progress(it.name(), FIRST_GENERATION, it.state(), it.position(), head, lag);
    }
}
