package orderplatform.query.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import orderplatform.api.Sku;
import orderplatform.api.inventory.StockEvent;
import orderplatform.api.inventory.StockLevels;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.query.Events;
import orderplatform.query.Gate;
import orderplatform.query.TestBroker;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.TopicExchange;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventRelayTest {

    private static final int BATCH = 10;

    /** Without an event, before it looks whether it is to stop: every test waits for that, a second by default. */
    private static final int LOOK_UP_MILLIS = 50;

    private final OrderId orderId = Events.orderId();
    private final JsonMapper json = JsonMapper.builder().build();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TopicExchange exchange = new TopicExchange("test-relay-" + UUID.randomUUID());
    private final Queue queue = new Queue("test-relay-" + UUID.randomUUID());
    private final EmbeddedEventStore log = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private CachingConnectionFactory direct;
    private CachingConnectionFactory throughGate;
    private RabbitAdmin admin;
    private RabbitTemplate consumer;
    private Gate gate;
    private TrackingEventProcessor relay;

    @BeforeEach
    void start() throws IOException {
        TestBroker broker = TestBroker.get();
        direct = new CachingConnectionFactory(broker.host(), broker.port());
        admin = new RabbitAdmin(direct);
        admin.declareExchange(exchange);
        admin.declareQueue(queue);
        admin.declareBinding(BindingBuilder.bind(queue).to(exchange).with("#"));
        consumer = new RabbitTemplate(direct);
        gate = new Gate(broker.host(), broker.port());
        throughGate = new CachingConnectionFactory("127.0.0.1", gate.port());
        throughGate.setPublisherConfirmType(CachingConnectionFactory.ConfirmType.CORRELATED);
        relay = relayTo(throughGate);
    }

    private TrackingEventProcessor relayTo(CachingConnectionFactory connections) {
        var properties = new RelayProperties(exchange.getName(), "/test", Duration.ofMillis(500));
        var handler = new EventRelay(
                new CloudEvents(json, Jackson3Serializer.builder().build(), properties),
                new ConfirmedPublisher(connections, properties, meters));
        return TrackingEventProcessor.builder()
                .name("relay")
                .eventHandlerInvoker(SimpleEventHandlerInvoker.builder()
                        .eventHandlers(handler)
                        .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
                        .build())
                .messageSource(log)
                .tokenStore(new InMemoryTokenStore())
                .transactionManager(NoTransactionManager.INSTANCE)
                .storingTokensAfterProcessing()
                .trackingEventProcessorConfiguration(TrackingEventProcessorConfiguration.forSingleThreadedProcessing()
                        .andInitialTrackingToken(StreamableMessageSource::createTailToken)
                        .andBatchSize(BATCH)
                        .andEventAvailabilityTimeout(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS))
                .build();
    }

    @AfterEach
    void stop() throws IOException {
        relay.shutDown();
        throughGate.destroy();
        gate.close();
        admin.deleteQueue(queue.getName());
        admin.deleteExchange(exchange.getName());
        direct.destroy();
    }

    /** One by one: the log in memory shows the events of one call in any order, and a reader passes over the late ones. */
    private void append(int events) {
        for (int i = 0; i < events; i++) {
            log.publish(new GenericDomainEventMessage<>(
                    "order",
                    orderId.stream(),
                    i,
                    new OrderEvent.StockAwaited(orderId),
                    Map.of("correlationId", "corr-1", "causationId", "cause-1")));
        }
    }

    private long position() {
        return relay.processingStatus().values().stream()
                .mapToLong(status -> status.getCurrentPosition().orElse(-1))
                .findFirst()
                .orElse(-1);
    }

    private Message receive() {
        return consumer.receive(queue.getName(), 5_000);
    }

    private List<String> receivedPositions(int events) {
        var positions = new ArrayList<String>();
        for (int i = 0; i < events; i++) {
            positions.add(json.readTree(receive().getBody()).path("position").asString());
        }
        return positions;
    }

    private static List<String> positions(int events) {
        return IntStream.range(0, events).mapToObj(String::valueOf).toList();
    }

    @Test
    void a_backlog_takes_no_thread_for_each_confirm() {
        var properties = new RelayProperties(exchange.getName(), "/test", Duration.ofSeconds(10));
        var backlog = IntStream.range(0, 2_000)
                .mapToObj(i -> MessageBuilder.withBody(new byte[0])
                        .setMessageId("backlog-" + i)
                        .setType("test")
                        .build())
                .toList();
        var connections = direct();
        try {
            new ConfirmedPublisher(connections, properties, meters).publish(backlog);
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("publishers.publisher"));
        } finally {
            connections.destroy();
        }
    }

    /** Whose threads can be told from those of others. */
    private static CachingConnectionFactory direct() {
        var connections = new CachingConnectionFactory(
                TestBroker.get().host(), TestBroker.get().port());
        connections.setBeanName("publishers");
        connections.setPublisherConfirmType(CachingConnectionFactory.ConfirmType.CORRELATED);
        return connections;
    }

    @Test
    void an_event_goes_out_as_a_structured_cloud_event() throws IOException {
        gate.open();
        relay.start();
        append(2);

        Message first = receive();
        Message second = receive();
        JsonNode event = json.readTree(second.getBody());

        assertThat(first.getMessageProperties().getMessageId())
                .isNotEqualTo(second.getMessageProperties().getMessageId());
        assertThat(second.getMessageProperties().getContentType()).isEqualTo("application/cloudevents+json");
        assertThat(second.getMessageProperties().getReceivedRoutingKey()).isEqualTo("order.stock-awaited");
        assertThat(second.getMessageProperties().getMessageId())
                .isEqualTo(event.path("id").asString());
        assertThat(event.path("time").asString()).endsWith("Z");
        assertThat(json.convertValue(event, Map.class))
                .containsEntry("specversion", "1.0")
                .containsEntry("source", "/test")
                .containsEntry("type", "order.stock-awaited")
                .containsEntry("subject", orderId.value())
                .containsEntry("datacontenttype", "application/json")
                .containsEntry("position", "1")
                .containsEntry("stream", orderId.stream())
                .containsEntry("streamversion", "1")
                .containsEntry("correlationid", "corr-1")
                .containsEntry("causationid", "cause-1")
                .containsEntry("data", Map.of("orderId", orderId.value()));
    }

    @Test
    void an_event_of_no_stream_goes_out_without_a_stream_version() throws IOException {
        gate.open();
        relay.start();
        EventMessage<?> refusal = GenericEventMessage.asEventMessage(
                new StockEvent.ReservationRejected(new Sku("71053"), orderId, "unknown-sku", 1, 0));
        log.publish(refusal);

        JsonNode event = json.readTree(receive().getBody());

        assertThat(event.path("id").asString()).isEqualTo(refusal.getIdentifier());
        assertThat(event.path("subject").asString()).isEqualTo("71053");
        assertThat(event.has("streamversion")).isFalse();
    }

    /** Logs from before texts were checked hold such; the JSON writer refuses them, and all that follows would wait. */
    @Test
    void an_event_with_half_of_a_surrogate_pair_goes_out_with_a_question_mark() throws IOException {
        gate.open();
        relay.start();
        log.publish(GenericEventMessage.asEventMessage(
                new StockEvent.Received(new Sku("71053"), "receipt", 1, "Gift \ud83c", null, StockLevels.NONE)));
        append(1);

        var gift = json.readTree(receive().getBody());

        assertThat(gift.path("data").path("name").asString()).isEqualTo("Gift ?");
        assertThat(receivedPositions(1)).containsExactly("1");
    }

    @Test
    void batches_arrive_in_order_and_are_counted() throws IOException {
        gate.open();
        relay.start();
        append(5 * BATCH);

        assertThat(receivedPositions(5 * BATCH)).isEqualTo(positions(5 * BATCH));
        await().until(() -> position() == 5 * BATCH - 1);
        assertThat(meters.get("orderplatform.relay.published").counter().count())
                .isEqualTo(5 * BATCH);
    }

    @Test
    void a_broker_that_comes_late_gets_everything() throws IOException {
        relay.start();
        append(BATCH);
        await().until(() -> relay.processingStatus().values().stream().anyMatch(status -> status.isErrorState()));
        assertThat(position()).isEqualTo(-1);

        gate.open();

        assertThat(receivedPositions(BATCH)).isEqualTo(positions(BATCH));
        await().until(() -> position() == BATCH - 1);
    }

    @Test
    void without_confirms_the_token_stays_and_the_batch_comes_again() throws IOException {
        gate.open();
        relay.start();
        append(1);
        await().until(() -> position() == 0);
        receive();
        gate.silence();
        append(1);

        assertThat(receivedPositions(1)).containsExactly("1");
        await().until(() -> relay.processingStatus().values().stream().anyMatch(status -> status.isErrorState()));
        assertThat(position()).isZero();

        gate.shut();
        gate.open();

        // A thread of the client waits for the confirms of the channel that is gone, and fails.
        await().dontCatchUncaughtExceptions().until(() -> position() == 1);
        assertThat(receivedPositions(1)).containsExactly("1");
    }
}
