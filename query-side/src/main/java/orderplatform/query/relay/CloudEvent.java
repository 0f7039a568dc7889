package orderplatform.query.relay;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvents 1.0, JSON format, structured mode. Numbers are strings: a CloudEvents integer has 32 bits only.
 *
 * @param type logical name of the event
 * @param subject order id or SKU
 * @param position in the log
 * @param streamversion counted from 0; null for an event that no stream's aggregate appended
 * @param revision of the data, as the event catalogue counts them
 * @param data JSON, with whatever a newer version has added to it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"specversion", "id", "source", "type", "subject", "time"})
record CloudEvent(
        String specversion,
        String id,
        String source,
        String type,
        String subject,
        Instant time,
        String datacontenttype,
        String position,
        String stream,
        @Nullable String streamversion,
        @Nullable String correlationid,
        @Nullable String causationid,
        @Nullable String revision,
        @JsonRawValue String data) {

    static final String SPEC_VERSION = "1.0";
    static final String CONTENT_TYPE = "application/cloudevents+json";
    static final String DATA_CONTENT_TYPE = "application/json";
}
