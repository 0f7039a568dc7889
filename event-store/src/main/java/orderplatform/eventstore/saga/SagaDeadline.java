package orderplatform.eventstore.saga;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.deadline.GenericDeadlineMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A deadline as the row of its saga has it.
 *
 * @param dueMicros since 1970, as precise as PostgreSQL's times
 * @param payload as JSON; null if it brings none
 * @param metadata as JSON
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SagaDeadline(
        String id,
        String name,
        long dueMicros,
        @Nullable String payload,
        @Nullable String payloadType,
        String metadata) {

    /** All of one saga, as a JSON array. */
    record All(@JsonValue List<SagaDeadline> list) {

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        All {}
    }

    static SagaDeadline of(String id, Instant due, DeadlineMessage<?> message, Serializer serializer) {
        var payload = message.getPayload();
        return new SagaDeadline(
                id,
                message.getDeadlineName(),
                micros(due),
                payload == null
                        ? null
                        : message.serializePayload(serializer, String.class).getData(),
                payload == null ? null : payload.getClass().getName(),
                message.serializeMetaData(serializer, String.class).getData());
    }

    static Optional<SagaDeadline> first(List<SagaDeadline> deadlines) {
        return deadlines.stream().min(Comparator.comparingLong(SagaDeadline::dueMicros));
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    Instant due() {
        return Instant.EPOCH.plus(dueMicros, ChronoUnit.MICROS);
    }

    DeadlineMessage<?> message(Serializer serializer) {
        MetaData data = SagaJson.read(metadata, MetaData.class.getName(), serializer);
        Object brought =
                payload == null || payloadType == null ? null : SagaJson.read(payload, payloadType, serializer);
        return GenericDeadlineMessage.asDeadlineMessage(name, brought, due()).andMetaData(data);
    }
}
