package orderplatform.app.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import orderplatform.app.operations.SagaView.ParkedSaga;
import orderplatform.app.operations.SagaView.State;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The engine's rows of sagas and of what is parked, read together. */
@Profile("!baseline")
@Repository
class Sagas {

    private static final String RUNNING = """
            SELECT saga.saga_id AS id,
                   coalesce(state ->> 'orderId', regexp_replace(state ->> 'paymentId', '^pay-', '')) AS order_id,
                   CASE WHEN type = 'PaymentExecution' THEN 'provider'
                        WHEN state -> 'scheduled' ->> 'stock' IS NOT NULL THEN 'stock'
                        WHEN state -> 'scheduled' ->> 'payment' IS NOT NULL THEN 'payment'
                        ELSE 'capture' END AS waiting_for,
                   (state ->> 'placedAt')::timestamptz AS since,
                   (SELECT to_timestamp(min((pending ->> 'dueMicros')::numeric) / 1000000)
                    FROM json_array_elements(deadlines::json) AS pending) AS deadline
            FROM event_log.saga
            WHERE NOT EXISTS (SELECT 1 FROM event_log.parked
                              WHERE saga_id = CASE processor WHEN 'payments' THEN 'PaymentExecution-' ELSE 'OrderFulfilment-' END || sequence)
            """;

    private static final String PARKED = """
            SELECT parked_id, processor, saga_id, coalesce(saga_id, parked_id::text) AS id,
                   CASE processor WHEN 'payments' THEN regexp_replace(sequence, '^pay-', '') ELSE sequence END AS order_id,
                   'operator' AS waiting_for, parked_at AS since, NULL::timestamptz AS deadline, attempts, cause
            FROM (SELECT parked.*, saga.saga_id
                  FROM event_log.parked LEFT JOIN event_log.saga
                    ON saga.saga_id = CASE processor WHEN 'payments' THEN 'PaymentExecution-' ELSE 'OrderFulfilment-' END || sequence
                  WHERE processor IN ('fulfilment', 'payments')) found
            """;

    private final JdbcClient database;

    Sagas(JdbcClient database) {
        this.database = database;
    }

    /**
     * By id.
     *
     * @param state null for all
     * @param after id of the last on the page before; empty for the first page
     */
    List<SagaView> page(@Nullable State state, String after, int limit) {
        var found = new ArrayList<SagaView>();
        if (state != State.PARKED) {
            found.addAll(database.sql(RUNNING + "AND saga_id > :after ORDER BY saga_id LIMIT :limit")
                    .param("after", after)
                    .param("limit", limit)
                    .query((row, number) -> view(row, State.RUNNING, 0, null))
                    .list());
        }
        if (state != State.RUNNING) {
            found.addAll(database.sql(
                            PARKED
                                    + "WHERE coalesce(saga_id, parked_id::text) > :after ORDER BY coalesce(saga_id, parked_id::text) LIMIT :limit")
                    .param("after", after)
                    .param("limit", limit)
                    .query((row, number) -> parked(row).view())
                    .list());
        }
        return found.stream()
                .sorted(Comparator.comparing(SagaView::sagaId))
                .limit(limit)
                .toList();
    }

    Optional<SagaView> running(String sagaId) {
        return database.sql(RUNNING + "AND saga_id = :id")
                .param("id", sagaId)
                .query((row, number) -> view(row, State.RUNNING, 0, null))
                .optional();
    }

    /** Usually one. Each segment parks for itself, so an event that can't be read at all is parked by all. */
    List<ParkedSaga> parked(String sagaId) {
        return database.sql(PARKED + "WHERE coalesce(saga_id, parked_id::text) = :id OR parked_id::text = :id")
                .param("id", sagaId)
                .query((row, number) -> parked(row))
                .list();
    }

    private static ParkedSaga parked(ResultSet row) throws SQLException {
        return new ParkedSaga(
                row.getObject("parked_id", UUID.class),
                row.getString("processor"),
                row.getString("saga_id"),
                view(row, State.PARKED, row.getInt("attempts"), row.getString("cause")));
    }

    private static SagaView view(ResultSet row, State state, int attempts, @Nullable String lastError)
            throws SQLException {
        return new SagaView(
                row.getString("id"),
                row.getString("order_id"),
                state,
                row.getString("waiting_for"),
                instant(row.getTimestamp("since")),
                instant(row.getTimestamp("deadline")),
                attempts,
                lastError);
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
