package orderplatform.query.consistency;

import java.util.Map;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.Message;

/**
 * A log position that an answer must not be older than, as a write returned it. As a controller's parameter it has been
 * waited for already; see {@link ReadsFrom}.
 */
public record ConsistencyToken(long position) {

    public static final String HEADER = "Consistency-Token";

    /** Name of the query message's metadata that carries the position. */
    public static final String METADATA = "consistencyToken";

    /** Older than any event: whatever is there will do. */
    public static final ConsistencyToken NONE = new ConsistencyToken(-1);

    /** The query with this token, for handlers that may answer from somewhere older than the projection. */
    public Message<?> sentWith(Object query) {
        return GenericMessage.asMessage(query).andMetaData(Map.of(METADATA, position));
    }
}
