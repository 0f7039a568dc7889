package orderplatform.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "box of 10",
                "Müller \u2013 caf\u00e9",
                "\u0142\u00f3d\u017a",
                "\u0645\u0631\u062d\u0628\u0627",
                "\ud83c\udf81 gift",
                "e\u0301",
                "a\u200db",
                "\ue000",
                "\ufffd",
                "sealed:x"
            })
    void leaves_a_text_of_assigned_characters_as_it_is(String text) {
        assertThat(Texts.isClean(text)).isTrue();
        assertThat(Texts.cleaned(text)).isSameAs(text);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x07, 0x09, 0x0A, 0x0D, 0x1B, 0x1F, 0x7F, 0x80, 0x85, 0x9F, 0x061C, 0x200E, 0x200F, 0x202A,
                0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0x0378, 0xFFFE, 0xFFFF, 0x1FFFE,
                0x10FFFF, 0xE0080
            })
    void replaces_each_character_that_no_text_may_hold(int codePoint) {
        String text = "a" + Character.toString(codePoint) + "b" + Character.toString(codePoint);

        assertThat(Texts.isClean(text)).isFalse();
        assertThat(Texts.cleaned(text)).isEqualTo("a\uFFFDb\uFFFD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83c", "\udf81", "\udf81\ud83c"})
    void replaces_unpaired_surrogates(String halves) {
        assertThat(Texts.isClean("Gift " + halves)).isFalse();
        assertThat(Texts.cleaned("Gift " + halves)).isEqualTo("Gift " + "\uFFFD".repeat(halves.length()));
    }

    @Test
    void keeps_the_pairs_beside_an_unpaired_surrogate() {
        assertThat(Texts.cleaned("\ud83c\udf81\ud83c")).isEqualTo("\ud83c\udf81\uFFFD");
    }
}
