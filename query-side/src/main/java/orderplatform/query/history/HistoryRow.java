package orderplatform.query.history;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import orderplatform.api.RecordedEvent;
import orderplatform.api.orders.OrderId;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Mutability;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.Immutability;

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

    RecordedEvent event() {
        String stream = new OrderId(key.orderId()).stream();
        return new RecordedEvent(position, stream, key.version(), type, revision, recordedAt, data, metadata);
    }
}
