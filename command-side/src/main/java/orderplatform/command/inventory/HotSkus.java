package orderplatform.command.inventory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import orderplatform.api.Sku;
import org.springframework.stereotype.Component;

/** Knows which SKUs this node has a queue for. It holds only the SKUs that are being reserved right now. */
@Component
class HotSkus {

    private final int threshold;
    private final Map<Sku, Integer> underWay = new ConcurrentHashMap<>();

    HotSkus(HotSkuSettings settings) {
        this.threshold = settings.waiting();
    }

    /** One more reservation of this SKU is under way. Answers whether the SKU is hot. */
    boolean enter(Sku sku) {
        return underWay.merge(sku, 1, Integer::sum) >= threshold;
    }

    void leave(Sku sku) {
        underWay.computeIfPresent(sku, (key, count) -> count == 1 ? null : count - 1);
    }
}
