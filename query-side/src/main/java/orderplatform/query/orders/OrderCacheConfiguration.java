package orderplatform.query.orders;

import orderplatform.api.orders.OrderView;
import orderplatform.query.cache.VersionedCache;
import orderplatform.query.cache.VersionedCaches;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OrderCacheConfiguration {

    @Bean
    VersionedCache<OrderView> orderCache(VersionedCaches caches) {
        return caches.named("orders", OrderView.class, OrderView::position);
    }
}
