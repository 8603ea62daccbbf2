package io.aicore.llm.codec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainSpanTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6ms",
                "1s",
                "60",
                "59.5",
                "1.204s",
                "12.5s",
                "0.001s",
                "7m12.5s",
                "6m0s",
                "1h3m2s",
                "1h",
                "2m59.56s",
                "24h0m0s",
                "9999999",
                "1s2s3s4s5s",
                "0.5m",
                "8.64s"
            })
    void isReadAsDelaysReadIt(String text) {
        assertThat(PlainSpan.of(text)).isNotNull().isEqualTo(Delays.reset(text, Instant.EPOCH));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "0s",
                "0ms",
                "-1s",
                "1",
                "+1s",
                "s",
                "1.s",
                ".5s",
                "1.2345s",
                "0.0001s",
                "0.5ms",
                "1d",
                "5min",
                "6msec",
                "6 ms",
                "1s 2s",
                "1m2",
                "1s2s3s4s5s6s",
                "1234567890",
                "2026-01-01T00:00:00Z",
                "04:35:12",
                "1e3"
            })
    void isNullOrWhatDelaysRead(String text) {
        Duration plain = PlainSpan.of(text);
        if (plain != null) {
            assertThat(plain).isEqualTo(Delays.reset(text, Instant.EPOCH));
        }
    }

    @Test
    void leavesToDelaysWhatItDoesNotKnow() {
        assertThat(PlainSpan.of("1.2345s")).isNull();
        assertThat(PlainSpan.of("1m2")).isNull();
        assertThat(PlainSpan.of("5min")).isNull();
        assertThat(PlainSpan.of("0s")).isNull();
        assertThat(PlainSpan.of("1234567890")).isNull();
    }
}
