package io.aicore.llm.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "a, '', 1",
        "model, model, 0",
        "modle, model, 1",
        "mdl, model, 2",
        "models, model, 1",
        "kitten, sitting, 3",
        "abcd, dcba, 3",
    })
    void countsLettersAddedLeftOutReplacedOrSwapped(String a, String b, int distance) {
        assertThat(NearestName.distance(a, b)).isEqualTo(distance);
    }

    @Property
    void isSymmetricAndZeroOnlyForTheSame(
            @ForAll @AlphaChars @StringLength(max = 12) String a,
            @ForAll @AlphaChars @StringLength(max = 12) String b) {
        assertThat(NearestName.distance(a, b)).isEqualTo(NearestName.distance(b, a));
        assertThat(NearestName.distance(a, b) == 0).isEqualTo(a.equals(b));
        assertThat(NearestName.distance(a, b)).isLessThanOrEqualTo(Math.max(a.length(), b.length()));
    }

    @Test
    void amongEquallyNearNamesTheFirstOfTheAlphabetIsTaken() {
        assertThat(NearestName.to("ax", List.of("ac", "ab"))).isEqualTo("ab");
    }

    @Test
    void aShortNameHasToBeNearer() {
        assertThat(NearestName.resembles("HOME", "MODEL")).isFalse();
        assertThat(NearestName.resembles("MODLE", "MODEL")).isTrue();
        assertThat(NearestName.resembles("MAX_RETRYS", "MAX_RETRIES")).isTrue();
    }
}
