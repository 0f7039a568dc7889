package orderplatform.query.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMailUtil;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import orderplatform.api.Money;
import orderplatform.api.notifications.NotificationView;
import orderplatform.api.notifications.NotificationView.Channel;
import orderplatform.api.notifications.NotificationView.Status;
import orderplatform.api.orders.Contact;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.api.orders.RejectionReason;
import orderplatform.eventstore.personal.PersonalTexts;
import orderplatform.query.Events;
import orderplatform.query.MemoryLog;
import orderplatform.query.QuerySideTest;
import orderplatform.query.TestServers;
import orderplatform.query.relay.RelayProperties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.json.JsonMapper;

@QuerySideTest
class NotificationConsumerTest {

    private final OrderId orderId = Events.orderId();
    private final String email = orderId + "@b.example";

    @Autowired
    Events events;

    @Autowired
    MemoryLog log;

    @Autowired
    NotificationRows rows;

    @Autowired
    Ledger ledger;

    @Autowired
    NotificationProperties properties;

    @Autowired
    RelayProperties relay;

    @Autowired
    RabbitTemplate rabbit;

    @Autowired
    JsonMapper json;

    @Autowired
    PersonalTexts personal;

    @Autowired
    MeterRegistry meters;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MockMvcTester http;

    @Autowired
    SimpleMessageListenerContainer deadLetterKeeper;

    @BeforeEach
    void leaveDeadLettersInTheirQueue() {
        deadLetterKeeper.stop();
    }

    private List<NotificationView> ledger() {
        return rows.findByOrderIdOrderByEventPositionAscChannelAsc(orderId.value()).stream()
                .map(row -> row.view(personal))
                .toList();
    }

    private void awaitSent(int notifications) {
        await().until(() ->
                ledger().stream().filter(it -> it.status() == Status.SENT).count() == notifications);
    }

    private List<MimeMessage> mails() {
        return Arrays.stream(TestServers.MAIL.getReceivedMessages())
                .filter(mail -> recipient(mail).equals(email))
                .toList();
    }

    private static String recipient(MimeMessage mail) {
        try {
            return mail.getAllRecipients()[0].toString();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isInInbox(String eventId) {
        return jdbc.sql("SELECT count(*) FROM notification_inbox WHERE event_id = ?")
                        .param(eventId)
                        .query(Integer.class)
                        .single()
                == 1;
    }

    private Message message(String type, Object data) {
        return message(UUID.randomUUID().toString(), type, data);
    }

    private Message message(String eventId, String type, Object data) {
        var event = Map.of("id", eventId, "type", type, "subject", orderId.value(), "position", "7", "data", data);
        return MessageBuilder.withBody(json.writeValueAsBytes(event))
                .setContentType("application/cloudevents+json")
                .build();
    }

    private void send(String type, Message message) {
        rabbit.send(relay.exchange(), type, message);
    }

    private Map<String, Object> placedWith(String address) {
        return Map.of("orderId", orderId.value(), "contact", Map.of("email", address));
    }

    @Test
    void a_customer_is_told_about_a_confirmed_order_by_mail_and_text_message() throws Exception {
        events.append(
                orderId.stream(),
                0,
                Events.placed(orderId, "17850", new Contact(email, "+441")),
                new OrderEvent.StockAwaited(orderId),
                new OrderEvent.Confirmed(orderId));

        awaitSent(2);
        NotificationView mail = ledger().getFirst();
        assertThat(mail.channel()).isEqualTo(Channel.EMAIL);
        assertThat(mail.template()).isEqualTo("order-confirmed");
        assertThat(ledger().getLast().recipient()).isEqualTo("+441");
        assertThat(mails()).hasSize(1);
        MimeMessage received = mails().getFirst();
        assertThat(received.getSubject()).isEqualTo("Your order %s is confirmed".formatted(orderId));
        assertThat(GreenMailUtil.getBody(received)).contains("Thank you for your order " + orderId);
        assertThat(received.getMessageID())
                .isEqualTo("<%s@notifications.orderplatform>".formatted(mail.notificationId()));
    }

    @Test
    void the_reason_of_a_rejection_or_a_cancellation_is_told() {
        events.append(
                orderId.stream(),
                0,
                Events.placed(orderId, "17850", new Contact(email, null)),
                new OrderEvent.Rejected(orderId, RejectionReason.of("payment-declined", "The bank said no.")),
                new OrderEvent.Cancelled(orderId, "Changed my mind.", false, new TreeMap<>(), new Money(1, "GBP")));

        awaitSent(2);
        assertThat(ledger())
                .extracting(NotificationView::template)
                .containsExactly("order-rejected", "order-cancelled");
        assertThat(mails())
                .extracting(GreenMailUtil::getBody)
                .anySatisfy(body -> assertThat(body).contains("The bank said no."));
        assertThat(mails())
                .extracting(GreenMailUtil::getBody)
                .anySatisfy(body -> assertThat(body).contains("Changed my mind."));
    }

    @Test
    void a_message_that_comes_twice_has_one_effect() {
        Message confirmed = message("order.confirmed", Map.of());
        send("order.placed", message("order.placed", placedWith(email)));
        send("order.confirmed", confirmed);
        send("order.confirmed", confirmed);
        send("order.cancelled", message("order.cancelled", Map.of("reason", "no")));

        awaitSent(2);
        assertThat(ledger())
                .extracting(NotificationView::template)
                .containsExactlyInAnyOrder("order-confirmed", "order-cancelled");
        assertThat(mails()).hasSize(2);
    }

    @Test
    void a_confirmation_that_overtakes_the_placement_is_told_when_that_has_come() {
        send("order.confirmed", message("order.confirmed", Map.of()));
        send("order.placed", message("order.placed", placedWith(email)));

        awaitSent(1);
    }

    @Test
    void a_confirmation_is_told_whose_placement_never_came_but_is_in_the_log() {
        log.processor("relay").shutDown();
        try {
            events.append(orderId.stream(), 0, Events.placed(orderId, "17850", new Contact(email, null)));
            send("order.confirmed", message("order.confirmed", Map.of()));

            awaitSent(1);
        } finally {
            log.processor("relay").start();
        }
    }

    @Test
    void an_event_of_an_order_that_the_log_does_not_know_is_refused_and_not_in_the_inbox() {
        var confirmation = "c-" + orderId;
        var event = OrderTold.parse(
                json, message(confirmation, "order.confirmed", Map.of()).getBody());

        assertThat(ledger.plan(List.of(event)).unplaced()).containsExactly(event);
        assertThat(isInInbox(confirmation)).isFalse();
    }

    @Test
    void an_order_without_a_contact_is_told_to_nobody() {
        send("order.placed", message("order.placed", Map.of("orderId", orderId.value())));
        var confirmation = "c-" + orderId;
        send("order.confirmed", message(confirmation, "order.confirmed", Map.of()));

        await().until(() -> isInInbox(confirmation));
        assertThat(ledger()).isEmpty();
    }

    @Test
    void what_cannot_be_sent_fails_in_the_ledger_and_becomes_a_dead_letter_without_an_address() {
        double failed = failures();
        String unusable = "nobody@ @b.example";
        Message confirmed = message("order.confirmed", Map.of());
        send("order.placed", message("order.placed", placedWith(unusable)));
        await().until(() -> new Contacts(jdbc).find(orderId).isPresent());
        send("order.confirmed", confirmed);

        Message dead = rabbit.receive(properties.deadLetters(), 10_000);

        assertThat(dead).isNotNull();
        assertThat(dead.getBody()).isEqualTo(confirmed.getBody());
        assertThat(dead.getMessageProperties().getHeaders())
                .containsEntry("x-original-routingKey", "order.confirmed")
                .hasEntrySatisfying(
                        "x-exception-message",
                        cause -> assertThat(cause.toString())
                                .contains("the address has characters before the at sign")
                                .doesNotContain("@"));
        assertThat(ledger())
                .singleElement()
                .extracting(NotificationView::status)
                .isEqualTo(Status.FAILED);
        assertThat(failures() - failed).isEqualTo(1 + properties.maxRetries());
    }

    @Test
    void what_the_database_refuses_for_reasons_of_its_own_is_waited_for_and_no_dead_letter() {
        send("order.placed", message("order.placed", placedWith(email)));
        await().until(() -> new Contacts(jdbc).find(orderId).isPresent());
        var refusals = Refusals.of(jdbc, orderId);
        try {
            send("order.confirmed", message("order.confirmed", Map.of()));
            await().until(() -> refusals.count() > 2 * (1 + properties.maxRetries()));
            assertThat(rabbit.receive(properties.deadLetters())).isNull();
        } finally {
            refusals.end();
        }

        awaitSent(1);
    }

    /** Makes PostgreSQL answer as one that is shut down does, when something is to be sent about an order. */
    private record Refusals(JdbcClient jdbc) {

        static Refusals of(JdbcClient jdbc, OrderId orderId) {
            jdbc.sql("CREATE SEQUENCE refusals").update();
            jdbc.sql("""
                            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                                PERFORM nextval('refusals');
                                RAISE EXCEPTION 'shutting down' USING ERRCODE = '57P01';
                            END $$""").update();
            jdbc.sql("""
                            CREATE TRIGGER refused BEFORE INSERT ON notification_ledger FOR EACH ROW
                            WHEN (new.order_id = '%s') EXECUTE FUNCTION refuse()""".formatted(orderId)).update();
            return new Refusals(jdbc);
        }

        long count() {
            return jdbc.sql("SELECT last_value FROM refusals").query(Long.class).single();
        }

        void end() {
            jdbc.sql("DROP TRIGGER refused ON notification_ledger").update();
            jdbc.sql("DROP FUNCTION refuse").update();
            jdbc.sql("DROP SEQUENCE refusals").update();
        }
    }

    private double failures() {
        var counter = meters.find("orderplatform.notifications")
                .tags("channel", "email", "status", "failed")
                .counter();
        return counter == null ? 0 : counter.count();
    }

    /** Its placement is in another stream, where nobody looks for it. */
    @Test
    void nobody_waits_for_the_notification_of_a_dead_letter() {
        var contact = new Contact(email, null);
        events.append(Events.orderId().stream(), 0, Events.placed(orderId, "17850", contact));
        var contacts = new Contacts(jdbc);
        await().until(() -> contacts.find(orderId).isPresent());
        jdbc.sql("DELETE FROM notification_contact WHERE order_id = ?")
                .param(orderId.value())
                .update();
        long token = events.append(orderId.stream(), 1, new OrderEvent.Confirmed(orderId));
        assertThat(rabbit.receive(properties.deadLetters(), 10_000)).isNotNull();
        contacts.put(Map.of(orderId, contact));

        assertThat(shownFrom(token)).hasStatusOk().bodyJson().isStrictlyEqualTo("{\"items\":[]}");
    }

    @Test
    void the_ledger_is_shown_when_it_has_what_the_token_stands_for() {
        long placed = events.append(orderId.stream(), 0, Events.placed(orderId, "17850", new Contact(email, null)));
        assertThat(shownFrom(placed)).hasStatusOk().bodyJson().isStrictlyEqualTo("{\"items\":[]}");
        long confirmed = events.append(orderId.stream(), 1, new OrderEvent.Confirmed(orderId));
        assertThat(shownFrom(confirmed))
                .bodyJson()
                .extractingPath("$.items.length()")
                .isEqualTo(1);
    }

    @Test
    void an_order_that_is_told_to_nobody_is_not_waited_for() {
        long token = events.append(
                orderId.stream(),
                0,
                Events.placed(orderId, "17850", new Contact(null, null)),
                new OrderEvent.Confirmed(orderId));
        assertThat(shownFrom(token)).hasStatusOk().bodyJson().isStrictlyEqualTo("{\"items\":[]}");
    }

    @Test
    void a_ledger_that_stays_behind_is_a_problem() {
        log.processor("relay").shutDown();
        try {
            long token = events.append(orderId.stream(), 0, Events.placed(orderId, "17850", new Contact(email, null)));
            assertThat(shownFrom(token))
                    .hasStatus(503)
                    .bodyJson()
                    .extractingPath("$.type")
                    .isEqualTo("/problems/projection-behind");
        } finally {
            log.processor("relay").start();
        }
    }

    private MvcTestResult shownFrom(long token) {
        return http.get()
                .uri("/api/notifications?orderId={id}", orderId.value())
                .header("Consistency-Token", String.valueOf(token))
                .exchange();
    }

    @Test
    void a_message_that_is_no_event_becomes_a_dead_letter() {
        var garbage = MessageBuilder.withBody("no JSON".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .build();
        send("order.confirmed", garbage);

        Message dead = rabbit.receive(properties.deadLetters(), 10_000);

        assertThat(dead).isNotNull();
        assertThat(dead.getBody()).isEqualTo(garbage.getBody());
    }

    @Test
    void the_ledger_is_shown_per_order() {
        send("order.placed", message("order.placed", placedWith(email)));
        send("order.confirmed", message("order.confirmed", Map.of()));
        awaitSent(1);

        assertThat(http.get().uri("/api/notifications?orderId={id}", orderId.value()))
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"items":[{"orderId":"%s","channel":"EMAIL","recipient":"%s","template":"order-confirmed",
                                   "status":"SENT","eventPosition":7}]}""".formatted(orderId, email));
        assertThat(http.get().uri("/api/notifications?orderId=unknown"))
                .bodyJson()
                .isStrictlyEqualTo("{\"items\":[]}");
    }

    @Test
    void the_ledger_is_asked_for_an_order() {
        assertThat(http.get().uri("/api/notifications"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo("orderId");
        assertThat(http.get().uri("/api/notifications?orderId=-")).hasStatus(400);
    }
}
