package orderplatform.query.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Pattern;
import orderplatform.api.orders.OrderId;
import orderplatform.query.notifications.OrderTold;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class LetterTest {

    /** What mail readers make a link of: an address with a scheme, www, a domain, a person's address. */
    private static final Pattern LINK = Pattern.compile(
            "(?iu)\\p{L}[\\w+.-]*:\\S|www\\.\\S|[\\p{L}\\p{N}-]+[.\u3002\uFF0E\uFF61](?=\\S*\\p{L})\\S|\\S@\\S");

    private static Letter cancelled(String reason) {
        var json = new JsonMapper();
        return Letter.about(new OrderTold(
                "e1", "order.cancelled", new OrderId("o1"), 7, json.valueToTree(Map.of("reason", reason))));
    }

    private static String quote(String reason) {
        return cancelled(reason)
                .body()
                .lines()
                .filter(line -> line.startsWith("> "))
                .findFirst()
                .orElseThrow()
                .substring(2);
    }

    @Test
    void marks_the_reason_of_a_cancellation_as_words_that_are_not_the_shops() {
        assertThat(cancelled("Changed my mind.").body())
                .contains("by the customer", "not ours:\n\n> Changed my mind.\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example/x",
                "HTTPS://EVIL.EXAMPLE",
                "see www.evil.example now",
                "www.1und1.example",
                "evil.example/pay?x=1",
                "a@evil.example",
                "mailto:a@evil.example",
                "javascript:alert(1)",
                "tel:+441",
                "evil\u3002example",
                "evil\uFF0Eexample",
                "http://xn--80ak6aa92e.example",
                "1.example",
                "ftp://[::1]/",
                "//evil.example"
            })
    void leaves_nothing_to_click_on(String reason) {
        assertThat(quote(reason)).doesNotContainPattern(LINK);
        assertThat(quote(reason).replace(" ", "")).isEqualTo(reason.replace(" ", ""));
    }

    @ParameterizedTest
    @CsvSource({"Paid 2.50 too much at 12:30.", "Changed my mind. Sorry!", "No. 7/8 was damaged"})
    void leaves_plain_words_and_numbers_as_they_are(String reason) {
        assertThat(quote(reason)).isEqualTo(reason);
    }

    @Test
    void cleans_and_cuts_the_reason_of_an_older_event() {
        assertThat(quote("a\r\n\u202eb")).isEqualTo("a\uFFFD\uFFFD\uFFFDb");
        assertThat(quote("x".repeat(10_000))).hasSize(500);
    }
}
