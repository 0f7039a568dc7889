package orderplatform.eventstore.projection;

import java.util.Optional;

/** What handlers find and put, until it is written. */
interface RowSet<R> {

    Optional<R> find(String key);

    void put(R row);
}
