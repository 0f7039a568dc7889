package orderplatform.query.log;

import orderplatform.api.EventCatalogue;
import orderplatform.api.Problem;
import orderplatform.query.consistency.ConsistencyToken;
import orderplatform.query.consistency.ReadsFrom;
import orderplatform.query.web.Parameters;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class EventLogController {

    static final int MAX_LIMIT = 1_000;

    private final EventLog log;
    private final OpenedEvents opened;
    private final LogReaders readers;

    EventLogController(EventLog log, OpenedEvents opened, LogReaders readers) {
        this.log = log;
        this.opened = opened;
        this.readers = readers;
    }

    @GetMapping("/api/events")
    LogSlice read(
            @RequestParam(defaultValue = "-1") long after,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String stream,
            @ReadsFrom(ReadsFrom.LOG) ConsistencyToken token) {
        requireFilters(after, type);
        Parameters.requireLimit(limit, MAX_LIMIT);
        readers.enter();
        return new LogSlice(after, limit, (from, most) -> log.read(from, most, type, stream), opened::of);
    }

    /** @throws Problem 400 that names the parameter */
    static void requireFilters(long after, @Nullable String type) {
        if (after < -1) {
            throw Problem.invalid("after", "must be -1 or a position");
        }
        if (type != null && EventCatalogue.named(type).isEmpty()) {
            throw Problem.invalid("type", "is not the name of an event");
        }
    }
}
