package orderplatform.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.axonframework.config.EventProcessingConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.listener.RabbitListenerEndpointRegistry;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class RolesTest {

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import({QuerySideConfiguration.class, TestLog.class})
    static class QueryOnly {}

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import({RelayConfiguration.class, TestLog.class, CleanBroker.class})
    static class RelayOnly {}

    private static ConfigurableApplicationContext start(Class<?> role) {
        return new SpringApplicationBuilder(role)
                .initializers(new TestServers())
                .properties("server.port=0")
                .bannerMode(Banner.Mode.OFF)
                .run();
    }

    private static boolean answers(ConfigurableApplicationContext context, String path) {
        return context
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .stream()
                .anyMatch(mapping -> mapping.getPatternValues().contains(path));
    }

    @Test
    void a_process_that_only_queries_neither_relays_nor_notifies() {
        try (var context = start(QueryOnly.class)) {
            assertThat(context.getBean(EventProcessingConfiguration.class).eventProcessors())
                    .containsOnlyKeys("orders", "revenue", "stock");
            assertThat(context.getBean(RabbitListenerEndpointRegistry.class).getListenerContainers())
                    .isEmpty();
            assertThat(answers(context, "/api/notifications")).isTrue();
        }
    }

    @Test
    void a_process_that_only_relays_neither_projects_nor_answers() {
        try (var context = start(RelayOnly.class)) {
            assertThat(context.getBean(EventProcessingConfiguration.class).eventProcessors())
                    .containsOnlyKeys("relay");
            assertThat(context.getBean(RabbitListenerEndpointRegistry.class).getListenerContainers())
                    .hasSize(1);
            assertThat(answers(context, "/api/notifications")).isFalse();
        }
    }
}
