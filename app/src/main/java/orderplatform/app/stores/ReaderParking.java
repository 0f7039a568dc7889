package orderplatform.app.stores;

import orderplatform.eventstore.reader.Parking;
import org.jspecify.annotations.Nullable;

/** Where readers of the log put what they can't handle. Without a bean of it they stop there. */
@FunctionalInterface
public interface ReaderParking {

    @Nullable
    Parking of(String reader);
}
