package io.aicore.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecondsTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s",
        "PT0.000000001S, 0.001 s",
        "PT0.25S, 0.25 s",
        "PT10M, 600 s",
        "PT1.0501S, 1.051 s",
        "PT2562047788015215H30M7S, 9223372036854775807 s"
    })
    void textIsToTheMillisecondAndNeverLessThanTheDuration(Duration duration, String text) {
        assertThat(Seconds.text(duration)).isEqualTo(text);
    }
}
