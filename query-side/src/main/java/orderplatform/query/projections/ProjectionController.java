package orderplatform.query.projections;

import java.util.List;
import orderplatform.query.log.EventLog;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ProjectionController {

    private final ProjectionPositions positions;
    private final EventLog log;
    private final LiveGenerations generations;

    ProjectionController(ProjectionPositions positions, EventLog log, ObjectProvider<LiveGenerations> generations) {
        this.positions = positions;
        this.log = log;
        this.generations = generations.getIfAvailable(() -> projection -> LiveGenerations.FIRST);
    }

    /** @param lag positions of the log that are still to be done */
    record Progress(String name, int generation, String state, long position, long head, long lag) {}

    @GetMapping("/api/projections")
    List<Progress> all() {
        long head = log.head();
        return positions.all().stream().map(it -> progress(it, head)).toList();
    }

    private Progress progress(ProjectionPosition it, long head) {
        long lag = ProjectionLag.between(it.position(), head);
        return new Progress(it.name(), generations.of(it.name()), it.state(), it.position(), head, lag);
    }
}
