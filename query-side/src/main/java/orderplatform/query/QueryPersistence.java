package orderplatform.query;

import org.hibernate.cfg.AvailableSettings;
import org.hibernate.type.format.jackson.Jackson3JsonFormatMapper;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows and repositories of this module, found as auto-configuration packages: {@code @EntityScan} would hide those that
 * other modules and Axon register.
 */
@Configuration(proxyBeanMethods = false)
@AutoConfigurationPackage(basePackageClasses = QuerySideConfiguration.class)
class QueryPersistence {

    private static final int STATEMENTS_PER_BATCH = 100;

    /** Hibernate would take Jackson 2 if it is on the class path. */
    @Bean
    HibernatePropertiesCustomizer jsonAndBatches() {
        var json = new Jackson3JsonFormatMapper(JsonMapper.builder().build());
        return hibernate -> {
            hibernate.put(AvailableSettings.JSON_FORMAT_MAPPER, json);
            hibernate.put(AvailableSettings.STATEMENT_BATCH_SIZE, STATEMENTS_PER_BATCH);
            hibernate.put(AvailableSettings.ORDER_INSERTS, true);
            hibernate.put(AvailableSettings.ORDER_UPDATES, true);
        };
    }
}
