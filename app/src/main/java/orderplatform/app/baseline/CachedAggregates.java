package orderplatform.app.baseline;

import org.axonframework.common.caching.WeakReferenceCache;
import org.axonframework.spring.config.SpringAggregateConfigurer;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Keeps aggregates between commands. The aggregates themselves name no cache, so it is added to what Axon made of them. */
@Profile("baseline")
@ConditionalOnProperty(name = "platform.baseline.aggregate-cache", havingValue = "true")
@Configuration(proxyBeanMethods = false)
class CachedAggregates {

    private static final String CACHE = "aggregateCache";

    @Bean(CACHE)
    WeakReferenceCache aggregateCache() {
        return new WeakReferenceCache();
    }

    @Bean
    static BeanFactoryPostProcessor cacheAggregates() {
        return beans -> {
            for (var name : beans.getBeanNamesForType(SpringAggregateConfigurer.class, true, false)) {
                beans.getBeanDefinition(name).getPropertyValues().add("cache", CACHE);
            }
        };
    }
}
