package orderplatform.eventstore.bulk;

import java.util.Map;
import java.util.function.Supplier;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;

/** A payload whose identifier and metadata are read when they are asked for. */
final class CopiedMessage implements Message<Object> {

    private static final long serialVersionUID = 1L;

    private final Object payload;
    private final transient Supplier<Message<?>> whole;

    CopiedMessage(Object payload, Supplier<Message<?>> whole) {
        this.payload = payload;
        this.whole = whole;
    }

    @Override
    public String getIdentifier() {
        return whole.get().getIdentifier();
    }

    @Override
    public MetaData getMetaData() {
        return whole.get().getMetaData();
    }

    @Override
    public Object getPayload() {
        return payload;
    }

    @Override
    @SuppressWarnings("unchecked") // the class of an object
    public Class<Object> getPayloadType() {
        return (Class<Object>) payload.getClass();
    }

    @Override
    public Message<Object> withMetaData(Map<String, ?> metaData) {
        return new GenericMessage<>(getIdentifier(), payload, MetaData.from(metaData));
    }

    @Override
    public Message<Object> andMetaData(Map<String, ?> metaData) {
        return withMetaData(getMetaData().mergedWith(metaData));
    }
}
