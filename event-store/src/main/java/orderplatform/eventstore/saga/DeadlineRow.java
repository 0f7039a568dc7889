package orderplatform.eventstore.saga;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;
import orderplatform.eventstore.log.SqlArrays;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** A deadline as it is stored: when it is due, whose it is, and what it brings. */
record DeadlineRow(
        UUID id,
        Instant due,
        String name,
        String scope,
        String scopeType,
        @Nullable String payload,
        @Nullable String payloadType,
        String metadata) {

    private static final String INSERT = """
            INSERT INTO event_log.deadline
                (deadline_id, due, name, scope, scope_type, payload, payload_type, metadata)
            SELECT id, due, name, scope::json, scope_type, payload::json, payload_type, metadata::json
            FROM unnest(?::uuid[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                AS given (id, due, name, scope, scope_type, payload, payload_type, metadata)""";

    static void insert(JdbcTemplate database, Collection<DeadlineRow> rows) {
        database.update(
                INSERT,
                SqlArrays.of("uuid", rows, DeadlineRow::id),
                SqlArrays.of("timestamptz", rows, row -> row.due().atOffset(ZoneOffset.UTC)),
                SqlArrays.of("text", rows, DeadlineRow::name),
                SqlArrays.of("text", rows, DeadlineRow::scope),
                SqlArrays.of("text", rows, DeadlineRow::scopeType),
                SqlArrays.of("text", rows, DeadlineRow::payload),
                SqlArrays.of("text", rows, DeadlineRow::payloadType),
                SqlArrays.of("text", rows, DeadlineRow::metadata));
    }

    static DeadlineRow of(ResultSet row, int number) throws SQLException {
        return new DeadlineRow(
                row.getObject("deadline_id", UUID.class),
                row.getTimestamp("due").toInstant(),
                row.getString("name"),
                row.getString("scope"),
                row.getString("scope_type"),
                row.getString("payload"),
                row.getString("payload_type"),
                row.getString("metadata"));
    }
}
