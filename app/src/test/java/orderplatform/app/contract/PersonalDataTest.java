package orderplatform.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import orderplatform.app.Client;
import orderplatform.app.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@ResourceLock(Platform.SHARED)
class PersonalDataTest {

    private static final String REASON = "asked by letter";

    private final Platform platform = Platform.shared();
    private final String customer = Client.newId("C");
    private final String mailbox = Client.newId("mailbox");
    private final String email = mailbox + "@customers.example";

    private Client.Answer order() {
        var sku = platform.stocked(10);
        return platform.post(
                        "/api/orders",
                        Map.of(
                                "customerId",
                                customer,
                                "currency",
                                "GBP",
                                "contact",
                                Map.of("email", email),
                                "lines",
                                List.of(Map.of("sku", sku, "quantity", 2, "unitPrice", 255))),
                        "Idempotency-Key",
                        Client.newId("key"),
                        "Prefer",
                        "wait=30")
                .expect(201);
    }

    private Client.Answer erase(String... headers) {
        return platform.delete(
                "/api/customers/%s/personal-data?reason=%s".formatted(customer, REASON.replace(" ", "%20")), headers);
    }

    private Client.Answer told(Client.Answer order) {
        return platform.await(
                "/api/notifications?orderId=" + order.text("orderId"),
                it -> it.body().at("/items/0/status").asString("").equals("SENT"));
    }

    private String contactInHistory(Client.Answer order) {
        return platform.get(order.header("Location") + "/history")
                .body()
                .at("/events/0/data/contact/email")
                .asString();
    }

    @Test
    void a_contact_is_shown_until_it_is_erased() {
        var order = order();
        assertThat(told(order).body().at("/items/0/recipient").asString()).isEqualTo(email);
        assertThat(contactInHistory(order)).isEqualTo(email);
        erase().expect(200);
        assertThat(told(order).body().at("/items/0/recipient").asString()).isEqualTo("erased");
        assertThat(contactInHistory(order)).isEqualTo("erased");
        assertThat(platform.get("/api/events?stream=order-" + order.text("orderId"))
                        .body()
                        .toString())
                .contains("\"erased\"")
                .doesNotContain(email);
    }

    @Test
    void the_log_says_who_erased_it_and_why_and_a_repeat_adds_nothing() {
        order();
        var key = Client.newId("key");
        var first = erase("Idempotency-Key", key, "X-Actor", "data-protection").expect(200);
        var again = erase("Idempotency-Key", key, "X-Actor", "data-protection").expect(200);
        assertThat(again.response().body()).isEqualTo(first.response().body());
        var events =
                platform.get("/api/events?stream=customer-" + customer).body().path("events");
        assertThat(events).hasSize(1);
        assertThat(events.at("/0/type").asString()).isEqualTo("customer.personal-data-erased");
        assertThat(events.at("/0/data/reason").asString()).isEqualTo(REASON);
        assertThat(events.at("/0/metadata/actor").asString()).isEqualTo("data-protection");
        assertThat(first.number("position")).isEqualTo(events.at("/0/position").asLong());
        assertThat(first.header("ETag")).isEqualTo("\"0\"");
    }

    @Test
    void a_refused_request_erases_nothing() {
        var order = order();
        erase("If-Match", "\"7\"").expect(412);
        assertThat(contactInHistory(order)).isEqualTo(email);
    }

    @Test
    void a_customer_who_comes_back_is_told_again() {
        told(order());
        erase().expect(200);
        assertThat(told(order()).body().at("/items/0/recipient").asString()).isEqualTo(email);
    }

    @Test
    void there_is_no_trace_of_it_in_the_database_in_redis_and_in_the_queues_even_before_it_is_erased() {
        var queue = new Queue(Client.newId("listener"), false, false, true);
        var admin = new RabbitAdmin(platform.bean(RabbitTemplate.class).getConnectionFactory());
        admin.declareQueue(queue);
        admin.declareBinding(
                new Binding(queue.getName(), Binding.DestinationType.QUEUE, "orderplatform.events", "#", Map.of()));
        told(order());
        assertThat(database()).contains("sealed2:", customer).doesNotContain(mailbox);
        assertThat(redis()).anyMatch(text -> text.contains(customer)).noneMatch(text -> text.contains(mailbox));
        assertThat(messages(queue))
                .anyMatch(text -> text.contains("sealed2:"))
                .noneMatch(text -> text.contains(mailbox));
    }

    /** Every row of every table. */
    private String database() {
        var owner = new DriverManagerDataSource(
                platform.property("spring.datasource.url"),
                platform.property("spring.flyway.user"),
                platform.property("spring.flyway.password"));
        return JdbcClient.create(owner)
                .sql("SELECT database_to_xml(true, false, '')::text")
                .query(String.class)
                .single();
    }

    /** On a connection with time to spare: the platform's gives a busy machine 200 ms for all keys. */
    private List<String> redis() {
        var factory = new LettuceConnectionFactory(
                platform.bean(LettuceConnectionFactory.class).getStandaloneConfiguration(),
                LettuceClientConfiguration.builder()
                        .commandTimeout(Duration.ofSeconds(30))
                        .build());
        factory.start();
        try (var redis = factory.getConnection();
                var keys = redis.keyCommands().scan(ScanOptions.NONE)) {
            return keys.stream().flatMap(key -> texts(redis, key)).toList();
        } finally {
            factory.destroy();
        }
    }

    private static Stream<String> texts(RedisConnection redis, byte[] key) {
        var values = switch (Objects.requireNonNull(redis.keyCommands().type(key))) {
            case STRING -> Stream.ofNullable(redis.stringCommands().get(key));
            case HASH -> redis.hashCommands().hVals(key).stream();
            case NONE -> Stream.<byte[]>empty();
            default -> throw new IllegalStateException("Not looked into: " + text(key));
        };
        return Stream.concat(Stream.of(key), values).map(PersonalDataTest::text);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private List<String> messages(Queue queue) {
        var rabbit = platform.bean(RabbitTemplate.class);
        return Stream.generate(() -> rabbit.receive(queue.getName()))
                .takeWhile(Objects::nonNull)
                .map(message -> text(message.getBody()))
                .toList();
    }

    @Test
    void what_is_no_customer_or_no_reason_is_refused() {
        assertThat(platform.delete("/api/customers/a%20b/personal-data")
                        .expect(400)
                        .body()
                        .toString())
                .contains("customerId");
        assertThat(platform.delete("/api/customers/%s/personal-data?reason=%s".formatted(customer, "x".repeat(501)))
                        .expect(400)
                        .body()
                        .toString())
                .contains("reason");
    }

    /** A text is never read by how it begins. */
    @Test
    void a_text_that_looks_sealed_is_shown_as_it_was_given() {
        var customer = Client.newId("customer");
        var order = platform.post(
                        "/api/orders",
                        """
                        {"customerId":"%s","currency":"GBP","contact":{"email":"a@b.example"},"lines":[{"sku":"%s","quantity":1,"unitPrice":255}]}""".formatted(customer, platform.stocked(1)),
                        "Idempotency-Key",
                        Client.newId("key"))
                .expect(201);
        var placed = platform.get("/api/events/export?type=order.placed&stream=order-" + order.text("orderId"))
                .response()
                .body();
        var seal = placed.replaceAll("(?s).*\"email\":\"(sealed2:[^\"]+)\".*", "$1");
        assertThat(seal).startsWith("sealed2:");
        for (var text : List.of(
                seal,
                "sealed: box of 10",
                "sealed:x",
                "sealed2:",
                "sealed:7b0c0fd5-0f7e-4d9c-a8a5-d2a8e9c2a4f1:AAAA")) {
            var sku = Client.newId("SKU");
            platform.post("/api/stock/%s/receipts".formatted(sku), Map.of("quantity", 1, "name", text))
                    .expect(201);
            var event = platform.get("/api/events?stream=stock-" + sku).expect(200);
            assertThat(event.body()
                            .path("events")
                            .path(0)
                            .path("data")
                            .path("name")
                            .asString())
                    .isEqualTo(text);
            var cancelled = platform.order("17850", sku, 1).header("Location");
            platform.post(cancelled + "/cancellation", Map.of("reason", text)).expect(200);
            assertThat(platform.get(cancelled + "/history")
                            .expect(200)
                            .response()
                            .body())
                    .contains("\"reason\":\"%s\"".formatted(text));
        }
    }
}
