package orderplatform.app.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import orderplatform.app.Client;
import orderplatform.app.Platform;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RestartTest {

    private static final int ORDERS = 5;
    private static final Duration MAILED_WITHIN = Duration.ofSeconds(30);

    private static final String ORDER = """
            {"customerId":"17850","currency":"GBP","contact":{"email":"a@b.example"},
             "lines":[{"sku":"%s","quantity":1,"unitPrice":255}]}""";

    @Test
    void everything_is_there_after_a_restart_and_no_notification_is_sent_twice() {
        var folder = Platform.newFolder();
        var mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        var mailServer = new String[] {
            "--spring.mail.host=127.0.0.1",
            "--spring.mail.port=" + mail.getSmtp().getPort()
        };
        try {
            String sku;
            List<Client.Answer> answers;
            List<String> seen;
            try (var platform = Platform.startOn(folder, mailServer)) {
                sku = platform.stocked(100);
                answers = placed(platform, sku);
                platform.await("/api/stock/" + sku, it -> it.number("allocated") == ORDERS);
                answers.forEach(answer -> awaitPaidAndTold(platform, answer));
                seen = read(platform, sku, answers);
                assertThat(mail.getReceivedMessages()).hasSize(ORDERS);
            }
            try (var platform = Platform.startOn(folder, mailServer)) {
                assertThat(read(platform, sku, answers)).isEqualTo(seen);
                assertThat(placed(platform, sku)).zipSatisfy(answers, RestartTest::assertSame);
                awaitPaidAndTold(platform, place(platform, sku, "one-more"));
                Awaitility.await("e-mail")
                        .atMost(MAILED_WITHIN)
                        .until(() -> mail.getReceivedMessages().length > ORDERS);
                assertThat(read(platform, sku, answers).subList(1, seen.size()))
                        .isEqualTo(seen.subList(1, seen.size()));
                assertThat(mail.getReceivedMessages()).hasSize(ORDERS + 1);
            }
        } finally {
            mail.stop();
        }
    }

    private static List<Client.Answer> placed(Platform platform, String sku) {
        return IntStream.range(0, ORDERS)
                .mapToObj(i -> place(platform, sku, "key-" + i))
                .toList();
    }

    /** Without waiting: the first answer then shows an order that is not what it is later, and no other answer will do. */
    private static Client.Answer place(Platform platform, String sku, String key) {
        return platform.post("/api/orders", ORDER.formatted(sku), "Idempotency-Key", key)
                .expect(201);
    }

    private static void assertSame(Client.Answer again, Client.Answer first) {
        assertThat(again.response().body()).isEqualTo(first.response().body());
        for (var header : List.of("Location", "ETag", "Consistency-Token", "Content-Type")) {
            assertThat(again.header(header)).as(header).isEqualTo(first.header(header));
        }
    }

    private static void awaitPaidAndTold(Platform platform, Client.Answer placed) {
        platform.await(
                placed.header("Location"),
                it -> it.body().path("payment").path("status").asString("").equals("CAPTURED"));
        platform.await(
                "/api/notifications?orderId=" + placed.text("orderId"),
                it -> it.body()
                        .path("items")
                        .valueStream()
                        .anyMatch(item -> item.path("status").asString().equals("SENT")));
    }

    /** The stock, then of each order the view, the history and the notifications. */
    private static List<String> read(Platform platform, String sku, List<Client.Answer> orders) {
        var paths = new ArrayList<>(List.of("/api/stock/" + sku));
        orders.forEach(order -> paths.addAll(List.of(
                order.header("Location"),
                order.header("Location") + "/history",
                "/api/notifications?orderId=" + order.text("orderId"))));
        return paths.stream()
                .map(path -> platform.get(path).expect(200).response().body())
                .toList();
    }
}
