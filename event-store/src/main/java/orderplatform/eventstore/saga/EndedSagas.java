package orderplatform.eventstore.saga;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Ends sagas from outside, because somebody has done their work. */
@Repository
public class EndedSagas {

    private final JdbcTemplate database;

    EndedSagas(JdbcTemplate database) {
        this.database = database;
    }

    /**
     * Takes a parked saga away with its deadlines and with all events that wait for it.
     *
     * @param sagaId null if the saga could not even be made
     */
    @Transactional
    public void end(@Nullable String sagaId, UUID parkedId) {
        database.update("DELETE FROM event_log.saga WHERE saga_id = ?", sagaId);
        database.update("DELETE FROM event_log.parked WHERE parked_id = ?", parkedId);
    }
}
