package orderplatform.app.stores;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import orderplatform.eventstore.parking.Parking;
import org.axonframework.config.EventProcessingConfigurer.EventProcessorBuilder;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;

/** How the stores let readers of the log store what they do. */
public interface ReaderStorage {

    /** Where the reader puts what it can't handle; null if it stops there. */
    @Nullable
    Parking parking(String reader);

    /**
     * The processor of sagas that react in the commit; null if they follow the log as other readers do.
     *
     * @param associationOf value by which a saga is found for an event whose payload can't be read
     */
    @Nullable
    EventProcessorBuilder reacting(Class<?> saga, Function<EventMessage<?>, Optional<String>> associationOf);

    /** How often a reader whose work may be done again stores it, while events come; zero after every batch. */
    Duration interval();
}
