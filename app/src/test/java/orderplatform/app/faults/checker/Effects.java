package orderplatform.app.faults.checker;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import orderplatform.app.faults.checker.trace.Evidence.Mail;
import orderplatform.app.faults.checker.trace.Facts;
import orderplatform.app.faults.checker.trace.LogEvent;
import orderplatform.app.faults.checker.trace.Orders;

/**
 * I6: every event came out of the broker, and whom it concerns was told once by each channel. An e-mail may come twice,
 * with the same Message-ID, if a node was interrupted between the mail server's answer and its own note of it.
 */
final class Effects implements Check {

    private static final int ONCE = 6;
    private static final String MESSAGE_ID = "<%s@notifications.orderplatform>";
    private static final Set<String> TOLD = Set.of("order.confirmed", "order.rejected", "order.cancelled");
    private static final Map<String, String> CHANNELS = Map.of("email", "EMAIL", "phone", "SMS");

    /** How long before its first copy what interrupted a node may have begun. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    record Notification(String id, String eventId, String channel, String status) {}

    @Override
    public Set<Integer> invariants() {
        return Set.of(ONCE);
    }

    @Override
    public void check(Facts facts, Verdict verdict) throws Exception {
        var ledger = facts.query(
                "SELECT notification_id, event_id, channel, status FROM notification_ledger",
                row -> new Notification(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
        check(facts, ledger, verdict);
    }

    static void check(Facts facts, List<Notification> ledger, Verdict verdict) {
        var published = new HashSet<>(facts.published());
        for (var event : facts.log()) {
            verdict.checked(ONCE);
            if (!published.contains(event.position())) {
                verdict.violated(ONCE, event, "%s was never published", event.type());
            }
        }
        var notifications = ledger.stream().collect(Collectors.groupingBy(it -> it.eventId + " " + it.channel));
        var mails = facts.evidence().mails().get().stream().collect(Collectors.groupingBy(Mail::messageId));
        told(facts, notifications, mails, verdict);
        mails.forEach(
                (id, copies) -> verdict.violated(ONCE, copies.getFirst().at(), -1, "nobody knows of mail %s", id));
    }

    /** Takes out the mails that had to be. */
    private static void told(
            Facts facts,
            Map<String, List<Notification>> notifications,
            Map<String, List<Mail>> mails,
            Verdict verdict) {
        var orders = Orders.of(facts).all();
        for (var event : facts.log()) {
            if (!TOLD.contains(event.type())) {
                continue;
            }
            var order = orders.get(event.text("orderId"));
            if (order == null) {
                verdict.violated(ONCE, event, "%s of %s, which nobody placed", event.type(), event.text("orderId"));
                continue;
            }
            CHANNELS.forEach((contact, channel) -> {
                if (!order.contact(contact).isEmpty()) {
                    verdict.checked(ONCE);
                    var sent = notifications.getOrDefault(event.id() + " " + channel, List.of());
                    noted(event, channel, sent, verdict);
                    if (channel.equals("EMAIL") && sent.size() == 1) {
                        var id = MESSAGE_ID.formatted(sent.getFirst().id);
                        mailed(event, mails.getOrDefault(id, List.of()), facts.interruptions(), verdict);
                        mails.remove(id);
                    }
                }
            });
        }
    }

    private static void noted(LogEvent event, String channel, List<Notification> sent, Verdict verdict) {
        if (sent.size() != 1 || !sent.getFirst().status.equals("SENT")) {
            verdict.violated(
                    ONCE, event, "%s of %s by %s is noted as %s", event.type(), event.text("orderId"), channel, sent);
        }
    }

    private static void mailed(LogEvent event, List<Mail> copies, List<Instant> interruptions, Verdict verdict) {
        if (copies.isEmpty()) {
            verdict.violated(ONCE, event, "no mail tells of %s of %s", event.type(), event.text("orderId"));
        } else if (copies.size() > 1) {
            var first = copies.getFirst().at().minus(MARGIN);
            var last = copies.getLast().at();
            if (interruptions.stream().anyMatch(at -> at.isAfter(first) && at.isBefore(last))) {
                verdict.noted("mails repeated around an interruption, with the same Message-ID");
            } else {
                verdict.violated(
                        ONCE, event, "%d mails tell of %s of %s", copies.size(), event.type(), event.text("orderId"));
            }
        }
    }
}
