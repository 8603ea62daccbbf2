package io.aicore.llm.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallIdsTest {

    private static final CallIds WORDS = CallIds.words(64);

    @ParameterizedTest
    @ValueSource(strings = {"functions.weather:0", "call_abc|fc_123", "für", "", "a b", "0123456789.\n"})
    void whatIsNotTakenBecomesOneThatIs(String id) {
        assertThat(WORDS.of(id)).matches("[A-Za-z0-9_-]{1,64}").isEqualTo(WORDS.of(id));
        assertThat(WORDS.of("x".repeat(70) + id)).matches("[A-Za-z0-9_-]{64}");
        assertThat(CallIds.upTo(40).of("x".repeat(40) + "." + id)).hasSize(40);
        assertThat(CallIds.exactly(9).of(id)).matches("[A-Za-z0-9]{9}");
    }

    @Test
    void whatIsTakenStays() {
        assertThat(WORDS.of("toolu_01-a")).isEqualTo("toolu_01-a");
        assertThat(CallIds.upTo(40).of("functions.weather:0")).isEqualTo("functions.weather:0");
        assertThat(CallIds.ANY.of("x".repeat(500))).hasSize(500);
        assertThat(CallIds.exactly(9).of("a1b2c3d4e")).isEqualTo("a1b2c3d4e");
    }

    @Test
    void idsThatDifferInWhatIsLostStayApart() {
        assertThat(WORDS.of("a.b")).isNotEqualTo(WORDS.of("a:b")).isNotEqualTo(WORDS.of("a_b"));
        String longer = "x".repeat(64);
        assertThat(WORDS.of(longer + "1")).isNotEqualTo(WORDS.of(longer + "2")).isNotEqualTo(WORDS.of(longer));
    }

    @Test
    void aLengthWithoutRoomForTheHashFails() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallIds.words(10))
                .withMessage("length of call ids: 10 (expected: >= 18)");
    }
}
