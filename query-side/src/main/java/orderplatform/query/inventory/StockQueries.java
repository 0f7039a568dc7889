package orderplatform.query.inventory;

import java.util.Optional;
import orderplatform.api.inventory.StockQuery;
import orderplatform.api.inventory.StockView;
import orderplatform.query.cache.VersionedCache;
import orderplatform.query.consistency.ConsistencyToken;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
class StockQueries {

    private final StockRows rows;
    private final VersionedCache<StockView> cache;

    StockQueries(StockRows rows, VersionedCache<StockView> cache) {
        this.rows = rows;
        this.cache = cache;
    }

    @QueryHandler
    Optional<StockView> on(StockQuery.BySku query, @MetaDataValue(ConsistencyToken.METADATA) @Nullable Long token) {
        String sku = query.sku().value();
        long position = token == null ? ConsistencyToken.NONE.position() : token;
        return cache.get(sku, position, () -> rows.findById(sku).map(StockRow::view));
    }
}
