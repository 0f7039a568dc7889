package orderplatform.api.orders;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param nextCursor opaque; null on the last page */
public record OrderPage(List<OrderView> items, @Nullable String nextCursor) {}
