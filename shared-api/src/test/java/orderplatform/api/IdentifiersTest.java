package orderplatform.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IdentifiersTest {

    /** Each character of the first planes alone, first and last, and the lengths around the longest. */
    static Stream<String> candidates() {
        var characters =
                IntStream.rangeClosed(0, 0x17F).mapToObj(Character::toString).toList();
        return Stream.of(
                        characters.stream(),
                        characters.stream().map(character -> character + "a"),
                        characters.stream().map(character -> "a" + character),
                        Stream.of("", "a\n", "٣", "𝟘", "a".repeat(63), "a".repeat(64), "a".repeat(65)))
                .flatMap(it -> it);
    }

    @ParameterizedTest
    @MethodSource("candidates")
    void accepts_what_the_pattern_of_the_contract_matches(String value) {
        if (value.matches(Identifiers.PATTERN)) {
            Identifiers.require("sku", value);
        } else {
            assertThatThrownBy(() -> Identifiers.require("sku", value))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("sku must match");
        }
    }

    @Test
    void both_kinds_are_among_the_candidates() {
        assertThat(candidates()).anyMatch(it -> it.matches(Identifiers.PATTERN));
        assertThat(candidates()).anyMatch(it -> !it.matches(Identifiers.PATTERN));
    }
}
