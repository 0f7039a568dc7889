package orderplatform.app.stores;

import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.cfg.DateTimeFeature;

/** JSON for everything that is stored: events under catalogued names, tokens and sagas under class names. */
@Configuration(proxyBeanMethods = false)
class Serializers {

    @Bean
    @Primary
    Serializer generalSerializer() {
        return new Jackson3Serializer(json()) {};
    }

    @Bean
    @Qualifier("eventSerializer")
    Serializer eventSerializer() {
        return new CataloguedEventSerializer(json());
    }

    private static Jackson3Serializer.Builder json() {
        return Jackson3Serializer.builder()
                .jsonMapperBuilderCustomizer(mapper -> mapper.disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS));
    }
}
