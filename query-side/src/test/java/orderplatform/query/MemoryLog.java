package orderplatform.query;

import java.util.List;
import java.util.Map;
import java.util.Set;
import orderplatform.api.EventCatalogue;
import orderplatform.api.RecordedEvent;
import orderplatform.query.log.EventLog;
import orderplatform.query.projections.ProjectionPosition;
import orderplatform.query.projections.ProjectionPositions;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The ports that the app implements, here on Axon's log in memory and its running processors. */
public class MemoryLog implements EventLog, ProjectionPositions {

    private static final TypeReference<Map<String, Object>> JSON_OBJECT = new TypeReference<>() {};

    private final EventStorageEngine engine;
    private final EventProcessingConfiguration processors;
    private final JsonMapper json;

    MemoryLog(EventStorageEngine engine, EventProcessingConfiguration processors, JsonMapper json) {
        this.engine = engine;
        this.processors = processors;
        this.json = json;
    }

    @Override
    public List<RecordedEvent> read(long after, int limit, @Nullable String type, @Nullable String stream) {
        try (var events = engine.readEvents(null, false)) {
            return events.filter(event -> event instanceof DomainEventMessage<?> it
                            && (stream == null || it.getAggregateIdentifier().equals(stream)))
                    .map(this::recorded)
                    .filter(event -> event.position() > after)
                    .filter(event -> type == null || event.type().equals(type))
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public List<RecordedEvent> ofStock(Set<String> correlationIds, Set<String> streams, int limit) {
        return read(-1, Integer.MAX_VALUE, null, null).stream()
                .filter(event -> streams.contains(event.stream())
                        && correlationIds.contains(event.metadata().get("correlationId")))
                .limit(limit)
                .toList();
    }

    private RecordedEvent recorded(TrackedEventMessage<?> event) {
        var domainEvent = (DomainEventMessage<?>) event;
        var entry = EventCatalogue.ofType(event.getPayloadType()).orElseThrow();
        return new RecordedEvent(
                event.trackingToken().position().orElseThrow(),
                event.getIdentifier(),
                domainEvent.getAggregateIdentifier(),
                domainEvent.getSequenceNumber(),
                entry.name(),
                entry.revision(),
                event.getTimestamp(),
                json.convertValue(event.getPayload(), JSON_OBJECT),
                event.getMetaData());
    }

    @Override
    public long head() {
        TrackingToken head = engine.createHeadToken();
        return head == null ? -1 : head.position().orElse(-1);
    }

    @Override
    public List<ProjectionPosition> all() {
        return processors.eventProcessors().keySet().stream()
                .sorted()
                .map(name -> new ProjectionPosition(name, stateOf(name), positionOf(name)))
                .toList();
    }

    @Override
    public boolean hasPassed(String projection, long position) {
        return positionOf(projection) >= position;
    }

    private String stateOf(String projection) {
        return processor(projection).isRunning() ? "RUNNING" : "STOPPED";
    }

    private long positionOf(String projection) {
        return processor(projection).processingStatus().values().stream()
                .map(EventTrackerStatus::getCurrentPosition)
                .mapToLong(position -> position.orElse(-1))
                .min()
                .orElse(-1);
    }

    public TrackingEventProcessor processor(String projection) {
        return processors
                .eventProcessor(projection, TrackingEventProcessor.class)
                .orElseThrow();
    }
}
