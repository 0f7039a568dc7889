package orderplatform.eventstore.bulk;

import java.time.Instant;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;

/**
 * An event as {@link LogCopy} reads it: without what a projection hardly ever asks for.
 *
 * @param streamType type of the aggregate; none for an event of no aggregate
 * @param recordedAt to the microsecond
 * @param payload JSON in UTF-8, as it was written
 */
record CopiedEvent(
        long position,
        String stream,
        long version,
        @Nullable String streamType,
        String type,
        @Nullable String revision,
        Instant recordedAt,
        byte[] payload) {

    SerializedType serializedType() {
        return new SimpleSerializedType(type, revision);
    }
}
