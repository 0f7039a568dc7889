package orderplatform.app.stores;

import orderplatform.api.EventCatalogue;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

/** Stores events as JSON under the names and revisions of the {@link EventCatalogue}, never under class names. */
class CataloguedEventSerializer extends Jackson3Serializer {

    CataloguedEventSerializer(Builder builder) {
        super(builder);
    }

    @Override
    protected String resolveClassName(SerializedType type) {
        return EventCatalogue.named(type.getName())
                .map(entry -> entry.type().getName())
                .orElseGet(() -> super.resolveClassName(type));
    }

    @Override
    public SerializedType typeForClass(Class type) {
        return EventCatalogue.ofType(type)
                .<SerializedType>map(entry -> new SimpleSerializedType(entry.name(), entry.revision()))
                .orElseGet(() -> super.typeForClass(type));
    }
}
