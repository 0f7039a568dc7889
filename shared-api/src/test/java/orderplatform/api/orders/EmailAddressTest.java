package orderplatform.api.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.example", "A.b+tag@B.Example", "o'hara@b.example", "x_y-z/!#$%&*=?^`{|}~@b.example", "a@localhost",
                "paweł@b.example", "jürgen@b.example", "用户@b.example", "a@xn--k-dla.example", "a@1und1.example"
            })
    void keeps_an_address_as_it_was_given(String text) {
        assertThat(EmailAddress.of(text)).hasToString(text);
    }

    @Test
    void tells_if_the_local_part_needs_smtputf8() {
        assertThat(EmailAddress.of("paweł@b.example").needsSmtputf8()).isTrue();
        assertThat(EmailAddress.of("anna@łk.example").needsSmtputf8()).isFalse();
    }

    @Test
    void writes_the_domain_in_a_labels() {
        assertThat(EmailAddress.of("anna@łk.example")).hasToString("anna@xn--k-dla.example");
        assertThat(EmailAddress.of("anna@ŁK.example")).hasToString("anna@xn--k-dla.example");
        assertThat(EmailAddress.of("anna@пример.испытание")).hasToString("anna@xn--e1afmkfd.xn--80akhbyknj4f");
        assertThat(EmailAddress.of("anna@cafe\u0301.example")).hasToString("anna@xn--caf-dma.example");
    }

    /** By the rules of 2003 these lead to another domain than by those of 2008. */
    @ParameterizedTest
    @ValueSource(strings = {"a@straße.example", "a@ς.example", "a@a\u200db.example", "a@ａ.example", "a@ẞ.example"})
    void refuses_a_domain_that_is_not_certain(String text) {
        assertThatThrownBy(() -> EmailAddress.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("xn--")
                .hasMessageNotContaining(text);
    }

    static Stream<String> notAddresses() {
        return Stream.of(
                "",
                "@",
                "nobody",
                "jürgen@",
                "@b.example",
                "a@b_c.example",
                "a@b.example\u00a0",
                "a@b.example ",
                " a@b.example",
                "a b@c.example",
                "a\u00a0b@c.example",
                "a@b..example",
                "a@.example",
                "a@b.example.",
                "a@-b.example",
                "a@b-.example",
                "a@b。example",
                "a@[127.0.0.1]",
                "a@127.0.0.1",
                ".a@b.example",
                "a.@b.example",
                "a..b@c.example",
                "\"a b\"@c.example",
                "a@b@c.example",
                "<a@b.example>",
                "Anna <a@b.example>",
                "a@b.example,c@d.example",
                "a@b.example\r\nBcc: x",
                "a\u0000@b.example",
                "a\u202e@b.example",
                "a\ud83c@b.example",
                "a\u200b@b.example",
                "a@☃.example",
                "x".repeat(65) + "@b.example",
                "ł".repeat(33) + "@b.example",
                "a@" + "b".repeat(64) + ".example",
                "a@" + "b.".repeat(126) + "example",
                "(comment)a@b.example",
                "a@b.example(comment)",
                "a:b@c.example",
                "a;b@c.example");
    }

    @ParameterizedTest
    @MethodSource("notAddresses")
    void refuses_what_nothing_can_be_sent_to(String text) {
        assertThatThrownBy(() -> EmailAddress.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
