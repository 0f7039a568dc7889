package orderplatform.eventstore.saga;

import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;

/** JSON of the rows of sagas. */
interface SagaJson {

    /** @throws SerializationException if the JSON is none of the type */
    static <T> T read(String json, String type, Serializer serializer) {
        return serializer.deserialize(new SimpleSerializedObject<>(json, String.class, type, null));
    }
}
