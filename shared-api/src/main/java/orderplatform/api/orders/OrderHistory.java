package orderplatform.api.orders;

import java.util.List;
import orderplatform.api.RecordedEvent;

/** Every event of one order's stream, oldest first. */
public record OrderHistory(List<RecordedEvent> events) {}
