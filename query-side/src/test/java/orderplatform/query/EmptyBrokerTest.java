package orderplatform.query;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import orderplatform.api.orders.Contact;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.DeclarableCustomizer;
import org.springframework.amqp.core.TopicExchange;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The relay has something to publish while the consumer still declares its queue on a broker that has none. */
class EmptyBrokerTest {

    private static final OrderId ORDER = Events.orderId();
    private static final String EMAIL = ORDER + "@b.example";

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import({RelayConfiguration.class, TestLog.class, CleanBroker.class, Events.class})
    static class SlowDeclarations {

        /** Of an exchange that is there already nothing but its queue is missing: events for it go nowhere. */
        @Bean
        DeclarableCustomizer slowDeclarations(TopicExchange exchange, Events events, MeterRegistry meters) {
            var isFirst = new AtomicBoolean(true);
            return declarable -> {
                if (isFirst.getAndSet(false)) {
                    declare(exchange);
                    events.append(
                            ORDER.stream(),
                            0,
                            Events.placed(ORDER, "17850", new Contact(EMAIL, null)),
                            new OrderEvent.Confirmed(ORDER));
                    giveTheRelayAChance(meters);
                }
                return declarable;
            };
        }

        private static void declare(TopicExchange exchange) {
            var broker = TestBroker.get();
            var connections = new CachingConnectionFactory(broker.host(), broker.port());
            new RabbitAdmin(connections).declareExchange(exchange);
            connections.destroy();
        }

        private static void giveTheRelayAChance(MeterRegistry meters) {
            var published = meters.counter("orderplatform.relay.published");
            try {
                await().atMost(Duration.ofSeconds(2)).until(() -> published.count() > 0);
            } catch (ConditionTimeoutException waitsAsItShould) {
                return;
            }
        }
    }

    @Test
    void what_was_to_be_published_meanwhile_reaches_the_queue() {
        try (var context = new SpringApplicationBuilder(SlowDeclarations.class)
                .initializers(new TestServers())
                .properties("server.port=0")
                .bannerMode(Banner.Mode.OFF)
                .run()) {
            await().until(() -> TestServers.MAIL.getReceivedMessagesForDomain(EMAIL).length == 1);
        }
    }
}
