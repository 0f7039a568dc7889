package orderplatform.query.history;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import orderplatform.api.RecordedEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.eventstore.projection.Column;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Mutability;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.Immutability;
import tools.jackson.databind.json.JsonMapper;

@Entity
@Table(name = "order_history")
class HistoryRow {

    /** @param version of the order's stream */
    @Embeddable
    record Key(String orderId, long version) {}

    @EmbeddedId
    private Key key;

    private long position;
    private String type;
    private String revision;
    private Instant recordedAt;

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    private Map<String, Object> data;

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    private Map<String, Object> metadata;

    @SuppressWarnings("NullAway.Init") // filled by Hibernate
    protected HistoryRow() {}

    HistoryRow(OrderId orderId, RecordedEvent event) {
        key = new Key(orderId.value(), event.version());
        position = event.position();
        type = event.type();
        revision = event.revision();
        recordedAt = event.recordedAt();
        data = event.data();
        metadata = event.metadata();
    }

    static List<Column<HistoryRow>> columns(JsonMapper json) {
        return List.of(
                new Column<>("order_id", "text", row -> row.key.orderId()),
                new Column<>("version", "bigint", row -> row.key.version()),
                new Column<>("position", "bigint", row -> row.position),
                new Column<>("type", "text", row -> row.type),
                new Column<>("revision", "text", row -> row.revision),
                new Column<>("recorded_at", "timestamptz", row -> row.recordedAt.atOffset(ZoneOffset.UTC)),
                new Column<>("data", "jsonb", row -> json.writeValueAsString(row.data)),
                new Column<>("metadata", "jsonb", row -> json.writeValueAsString(row.metadata)));
    }

    String key() {
        return key.orderId() + "-" + key.version();
    }

    RecordedEvent event() {
        String stream = new OrderId(key.orderId()).stream();
        return new RecordedEvent(position, stream, key.version(), type, revision, recordedAt, data, metadata);
    }
}
