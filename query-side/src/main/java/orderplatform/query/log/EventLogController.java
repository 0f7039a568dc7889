package orderplatform.query.log;

import java.util.List;
import orderplatform.api.EventCatalogue;
import orderplatform.api.RecordedEvent;
import orderplatform.eventstore.personal.PersonalTexts;
import orderplatform.query.consistency.ConsistencyToken;
import orderplatform.query.consistency.ReadsFrom;
import orderplatform.query.web.Parameters;
import orderplatform.query.web.Problems;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class EventLogController {

    static final int MAX_LIMIT = 1_000;

    private final EventLog log;
    private final PersonalTexts personal;

    EventLogController(EventLog log, PersonalTexts personal) {
        this.log = log;
        this.personal = personal;
    }

    /** @param next what to send as {@code after} to read on */
    record Slice(List<RecordedEvent> events, long next) {}

    @GetMapping("/api/events")
    Slice read(
            @RequestParam(defaultValue = "-1") long after,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String stream,
            @ReadsFrom(ReadsFrom.LOG) ConsistencyToken token) {
        requireFilters(after, type);
        Parameters.requireLimit(limit, MAX_LIMIT);
        List<RecordedEvent> events =
                log.read(after, limit, type, stream).stream().map(this::opened).toList();
        return new Slice(events, events.isEmpty() ? after : events.getLast().position());
    }

    private RecordedEvent opened(RecordedEvent event) {
        return event.with(personal.openAll(event.data()));
    }

    /** @throws org.springframework.web.ErrorResponseException 400 that names the parameter */
    static void requireFilters(long after, @Nullable String type) {
        if (after < -1) {
            throw Problems.invalid("after", "must be -1 or a position");
        }
        if (type != null && EventCatalogue.named(type).isEmpty()) {
            throw Problems.invalid("type", "is not the name of an event");
        }
    }
}
