package orderplatform.app.faults.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import orderplatform.app.faults.checker.Effects.Notification;
import orderplatform.app.faults.checker.trace.Call;
import orderplatform.app.faults.checker.trace.Evidence;
import orderplatform.app.faults.checker.trace.Evidence.Mail;
import orderplatform.app.faults.checker.trace.Facts;
import orderplatform.app.faults.checker.trace.LogEvent;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A checker that can't see what is wrong is worth nothing: each test makes one thing wrong in a history that is right. */
class CheckerTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    private final List<LogEvent> log = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final List<JsonNode> ledger = new ArrayList<>();
    private final List<Long> published = new ArrayList<>();
    private final List<Notification> notifications = new ArrayList<>();
    private final List<Mail> mails = new ArrayList<>();

    CheckerTest() {
        event(
                "stock-A",
                0,
                "stock.received",
                "{'sku':'A','receiptId':'r','quantity':5,'levels':" + levels(5, 0, 0) + "}");
        event(
                "order-o",
                0,
                "order.placed",
                "{'orderId':'o','lines':[{'sku':'A','quantity':2}],'total':{'amount':510,'currency':'GBP'},"
                        + "'contact':{'email':'o@shop.example'}}");
        event(
                "stock-A",
                1,
                "stock.reserved",
                "{'sku':'A','orderId':'o','quantity':2,'levels':" + levels(5, 2, 0) + "}");
        event("payment-pay-o", 0, "payment.authorised", "{'orderId':'o','amount':{'amount':510}}");
        event("order-o", 1, "order.confirmed", "{'orderId':'o'}");
        event(
                "stock-A",
                2,
                "stock.allocated",
                "{'sku':'A','orderId':'o','quantity':2,'levels':" + levels(5, 0, 2) + "}");
        event("payment-pay-o", 1, "payment.captured", "{'orderId':'o','amount':{'amount':510}}");
        entry("AUTHORISE", 510);
        entry("CAPTURE", 510);
        calls.add(placed("0", "1", 201));
        log.forEach(event -> published.add(event.position()));
        notifications.add(new Notification("n", "id-4", "EMAIL", "SENT"));
        mails.add(new Mail("<n@notifications.orderplatform>", AT));
    }

    @Test
    void finds_nothing_wrong_where_nothing_is() {
        assertThat(verdict().violations()).isEmpty();
        assertThat(verdict().checked().keySet()).contains(1, 3, 4, 5);
    }

    @Test
    void I1_an_accepted_order_that_is_not_in_the_log() {
        calls.add(new Call(AT, "/api/orders", "k2", "", "{\"orderId\":\"gone\"}", answer(201, "\"0\"", "1", "{}")));
        assertBroken(1, "is in the log 0 times");
    }

    @Test
    void I1_an_accepted_order_that_is_there_twice() {
        event("order-o", 2, "order.placed", "{'orderId':'o','lines':[],'total':{'amount':510}}");
        assertBroken(1, "is in the log 2 times");
    }

    @Test
    void I1_another_answer_to_the_same_key() {
        calls.add(placed("1", "4", 201));
        assertBroken(1, "was answered differently");
    }

    @Test
    void I1_an_answer_that_names_another_position() {
        calls.set(0, placed("0", "2", 201));
        assertBroken(1, "names version");
    }

    @Test
    void I2_a_refused_order_that_is_in_the_log() {
        calls.set(0, placed("", "", 422));
        assertBroken(2, "was refused with 422 and done");
    }

    @Test
    void I2_an_order_that_nobody_ever_answered() {
        calls.add(new Call(AT, "/api/orders", "k3", "", "{\"orderId\":\"lost\"}", Optional.empty()));
        assertBroken(2, "was never answered");
    }

    @Test
    void I3_a_position_that_is_missing() {
        log.remove(3);
        assertBroken(3, "position 4 follows 2");
    }

    @Test
    void I3_a_version_that_is_there_twice() {
        event("stock-A", 2, "stock.reservation-rejected", "{'sku':'A','orderId':'p'}");
        assertBroken(3, "version 2 of stock-A where 3 is due");
    }

    @Test
    void I4_more_pieces_sold_than_there_are() {
        event(
                "stock-A",
                3,
                "stock.reserved",
                "{'sku':'A','orderId':'p','quantity':4,'levels':" + levels(5, 4, 2) + "}");
        assertBroken(4, "the events make it 5 on hand, 4 reserved, 2 allocated");
    }

    @Test
    void I4_levels_that_do_not_follow_from_the_event() {
        event("stock-A", 3, "stock.received", "{'sku':'A','quantity':5,'levels':" + levels(9, 0, 2) + "}");
        assertBroken(4, "the events make it 10 on hand");
    }

    @Test
    void I4_pieces_of_one_order_that_are_allocated_twice() {
        event(
                "stock-A",
                3,
                "stock.allocated",
                "{'sku':'A','orderId':'o','quantity':2,'levels':" + levels(5, -2, 4) + "}");
        assertBroken(4, "after stock.allocated");
    }

    @Test
    void I4_a_cancelled_order_that_still_holds_its_pieces() {
        event("order-o", 2, "order.cancelled", "{'orderId':'o'}");
        assertBroken(4, "order o is CANCELLED, and its 2 of A are stock.allocated");
    }

    @Test
    void I5_a_customer_who_is_charged_twice() {
        entry("CAPTURE", 510);
        assertBroken(5, "the books do not balance");
    }

    @Test
    void I5_a_cancelled_order_whose_money_is_kept() {
        event("order-o", 2, "order.cancelled", "{'orderId':'o'}");
        assertBroken(5, "order o over 510 is CANCELLED");
    }

    @Test
    void I5_a_provider_that_says_something_else_than_the_log() {
        entry("REFUND", 510);
        assertBroken(5, "the log says authorised 510, captured 510, voided 0, refunded 0");
    }

    @Test
    void I6_an_event_that_was_never_published() {
        published.remove(4L);
        assertBroken(6, "order.confirmed was never published");
    }

    @Test
    void I6_a_mail_that_nobody_sent() {
        mails.clear();
        assertBroken(6, "no mail tells of order.confirmed of o");
    }

    @Test
    void I6_an_event_of_an_order_that_nobody_placed() {
        event("order-gone", 0, "order.confirmed", "{'orderId':'gone'}");
        assertBroken(6, "order.confirmed of gone, which nobody placed");
    }

    @Test
    void I8_a_query_with_a_token_that_shows_something_older() {
        calls.add(new Call(AT, "/api/orders/o", "", "4", "", answer(200, "", "", "{\"version\":0}")));
        assertBroken(8, "showed version 0, and 1 is due");
    }

    @Test
    void notes_an_answer_that_speaks_of_a_mistake() {
        calls.add(new Call(AT, "/api/stock/A", "", "", "", answer(500, "", "", "{}")));
        assertThat(verdict().violations()).isEmpty();
        assertThat(verdict().notes()).containsEntry("calls answered with 500", 1L);
    }

    private void assertBroken(int invariant, String facts) {
        assertThat(verdict().violations()).anySatisfy(violation -> {
            assertThat(violation.invariant()).isEqualTo(invariant);
            assertThat(violation.facts()).contains(facts);
        });
    }

    private Verdict verdict() {
        var evidence = new Evidence(
                Path.of(""),
                Path.of(""),
                Path.of(""),
                () -> mails,
                new Evidence.Database("", "", ""),
                List.<URI>of(),
                Duration.ZERO);
        var facts = new Facts(evidence, log, calls, List.of(), ledger, published);
        var verdict = new Verdict();
        new Writes().check(facts, verdict);
        new Positions().check(facts, verdict);
        new Stock().check(facts, verdict);
        new Money().check(facts, verdict);
        Effects.check(facts, notifications, verdict);
        new Tokens().check(facts, verdict);
        new Mistakes().check(facts, verdict);
        return verdict;
    }

    private void event(String stream, long version, String type, String data) {
        var json = data.replace('\'', '"');
        log.add(new LogEvent(
                log.size(), stream, version, "id-" + log.size(), type, "1", null, AT, json, "{}", read(json)));
    }

    private static String levels(long onHand, long reserved, long allocated) {
        return "{'onHand':%d,'reserved':%d,'allocated':%d}".formatted(onHand, reserved, allocated);
    }

    private void entry(String step, long amount) {
        ledger.add(read("{\"paymentId\":\"pay-o\",\"step\":\"%s\",\"status\":\"APPROVED\",\"amount\":%d}"
                .formatted(step, amount)));
    }

    private static Call placed(String version, String position, int status) {
        return new Call(
                AT,
                "/api/orders",
                "k",
                "",
                "{\"orderId\":\"o\"}",
                answer(status, "\"%s\"".formatted(version), position, "{\"version\":%s}".formatted(version)));
    }

    private static Optional<Call.Answer> answer(int status, String etag, String token, String body) {
        return Optional.of(new Call.Answer(status, etag, token, body));
    }

    private static JsonNode read(String json) {
        return JsonMapper.shared().readTree(json);
    }
}
