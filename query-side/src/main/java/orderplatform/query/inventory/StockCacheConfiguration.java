package orderplatform.query.inventory;

import orderplatform.api.inventory.StockView;
import orderplatform.query.cache.VersionedCache;
import orderplatform.query.cache.VersionedCaches;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StockCacheConfiguration {

    @Bean
    VersionedCache<StockView> stockCache(VersionedCaches caches) {
        return caches.named("stock", StockView.class, StockView::position);
    }
}
