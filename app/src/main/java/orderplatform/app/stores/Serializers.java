package orderplatform.app.stores;

import orderplatform.api.EventCatalogue;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;

/** JSON for everything that is stored: events under catalogued names, tokens and sagas under class names. */
@Configuration(proxyBeanMethods = false)
class Serializers {

    /** The token of a processor that starts behind the log's head names the class of what it holds. */
    private static final PolymorphicTypeValidator AXONS_OWN = BasicPolymorphicTypeValidator.builder()
            .allowIfSubType("org.axonframework.")
            .build();

    @Bean
    @Primary
    Serializer generalSerializer() {
        return new Jackson3Serializer(Jackson3Serializer.builder()
                .jsonMapperBuilderCustomizer(
                        mapper -> withoutNumbersForTimes(mapper).polymorphicTypeValidator(AXONS_OWN))) {};
    }

    @Bean
    @Qualifier("eventSerializer")
    Serializer eventSerializer() {
        return new CataloguedEventSerializer(
                Jackson3Serializer.builder().jsonMapperBuilderCustomizer(Serializers::withoutNumbersForTimes));
    }

    @Bean
    EventUpcaster eventUpcasts() {
        return new EventUpcasterChain(EventCatalogue.UPCASTS);
    }

    private static JsonMapper.Builder withoutNumbersForTimes(JsonMapper.Builder mapper) {
        return mapper.disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS);
    }
}
