package io.aicore.llm.codec.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.codec.wire.WireHeaders;
import io.aicore.llm.codec.wire.WireResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterReaderTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static Duration delay(int status, String body, String... headers) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], headers[i + 1]);
        }
        WireResponse response =
                new WireResponse(status, WireHeaders.of(map), body.getBytes(StandardCharsets.UTF_8), NOW);
        return new ErrorClassifier("acme").response(null, response).retryAfter();
    }

    @Test
    void theFirstOfTheSourcesWins() {
        String body = "{\"retry_after\":3}";

        assertThat(delay(429, body, "retry-after-ms", "1500", "retry-after", "9"))
                .isEqualTo(Duration.ofMillis(1500));
        assertThat(delay(429, body, "x-ms-retry-after-ms", "1600", "retry-after", "9"))
                .isEqualTo(Duration.ofMillis(1600));
        assertThat(delay(429, body, "retry-after", "9")).isEqualTo(Duration.ofSeconds(9));
        assertThat(delay(429, body, "x-ratelimit-remaining-tokens", "0", "x-ratelimit-reset-tokens", "7s"))
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(delay(429, "", "x-ratelimit-remaining-tokens", "0", "x-ratelimit-reset-tokens", "7s"))
                .isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void zeroMillisecondsCountAsAbsent() {
        assertThat(delay(429, "", "retry-after-ms", "0", "retry-after", "1")).isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-5",
                "NaN",
                "Infinity",
                "1e400",
                "soon",
                "",
                "999999999999",
                "0.0000001e-9",
                "Thu, 01 Jan 1970 00:00:00 GMT",
                "Fri, 31 Dec 9999 23:59:59 GMT",
                "9999-12-31T23:59:59Z",
                "0001-01-01T00:00:00Z",
                "+999999999-12-31T23:59:59Z"
            })
    void whatIsNoDelayCountsAsAbsent(String value) {
        assertThat(delay(429, "", "retry-after", value)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1000",
        "0.5, 500",
        "1.0001, 1001",
        "2.5, 2500",
        "1.1, 1100",
        "'Sun, 01 Mar 2026 12:00:30 GMT', 30000",
        "'Sun, 01 Mar 2026 12:00:30 UTC', 30000",
        "20s, 20000"
    })
    void retryAfterIsSecondsOrADate(String value, long millis) {
        assertThat(delay(503, "", "retry-after", value)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void datesAreComparedWithTheServersClock() {
        assertThat(delay(
                        503,
                        "",
                        "retry-after",
                        "Sun, 01 Mar 2026 12:00:30 GMT",
                        "date",
                        "Sun, 01 Mar 2026 12:00:20 GMT"))
                .isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999-12-31T23:59:59Z", "+999999999-12-31T23:59:59Z"})
    void aServersClockThatIsFarOffHarmsNothing(String date) {
        assertThat(delay(429, "", "x-ratelimit-remaining", "0", "x-ratelimit-reset", "1772366460000", "date", date))
                .isIn(null, Duration.ofMinutes(1));
        assertThat(delay(503, "", "retry-after", "Sun, 01 Mar 2026 12:00:30 GMT", "date", date))
                .isIn(null, Duration.ofSeconds(30));
    }

    @Test
    void aSuccessesHeadersAreNotRead() {
        assertThat(delay(200, "{\"error\":{\"code\":503,\"message\":\"x\"}}", "retry-after", "9"))
                .isNull();
    }

    @Test
    void onlyTheEmptyBucketsResetCountsAndOnlyOn429() {
        String[] headers = {
            "x-ratelimit-remaining-requests", "59", "x-ratelimit-reset-requests", "1h",
            "x-ratelimit-remaining-tokens", "0", "x-ratelimit-reset-tokens", "6m0s"
        };

        assertThat(delay(429, "", headers)).isEqualTo(Duration.ofMinutes(6));
        assertThat(delay(503, "", headers)).isNull();
        assertThat(delay(429, "", "x-ratelimit-remaining-tokens", "-1", "x-ratelimit-reset-tokens", "6m0s"))
                .isNull();
        assertThat(delay(429, "", "x-ratelimit-remaining-tokens", "0", "x-ratelimit-reset-tokens", "0"))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "x-ratelimit-remaining-tokens, x-ratelimit-reset-tokens, 2m59.56s, 179560",
        "x-ratelimit-remaining-tokens, x-ratelimit-reset-tokens, 12ms, 12",
        "x-ratelimit-remaining-tokens, x-ratelimit-reset-tokens, 44, 44000",
        "x-ratelimit-remaining-tokens-minute, x-ratelimit-reset-tokens-minute, 11.382867, 11383",
        "anthropic-ratelimit-tokens-remaining, anthropic-ratelimit-tokens-reset, 2026-03-01T12:00:41Z, 41000",
        "x-ratelimit-remaining, x-ratelimit-reset, 1772366460, 60000",
        "x-ratelimit-remaining, x-ratelimit-reset, 1772366460000, 60000"
    })
    void resetsAreReadInEveryNotation(String remaining, String reset, String value, long millis) {
        assertThat(delay(429, "", remaining, "0", reset, value)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void theLongestOfSeveralEmptyBucketsCounts() {
        assertThat(delay(
                        429,
                        "",
                        "x-ratelimit-remaining-requests",
                        "0",
                        "x-ratelimit-reset-requests",
                        "2s",
                        "x-ratelimit-remaining-tokens",
                        "0",
                        "x-ratelimit-reset-tokens",
                        "3s"))
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(delay(429, "", "ratelimit", "\"default\";r=0;t=30")).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":{\"details\":[{\"retryDelay\":\"48s\"}]}} | 48000",
                "{\"error\":{\"details\":[{\"retryDelay\":\"1.5s\"}]}} | 1500",
                "{\"error\":{\"details\":[{\"retryDelay\":{\"seconds\":3,\"nanos\":500000000}}]}} | 3500",
                "{\"error\":{\"message\":\"Please retry in 48.939935699s.\",\"details\":[{\"retryDelay\":\"48s\"}]}} | 48940",
                "{\"error\":{\"message\":\"Please retry in 8.2s.\",\"details\":[{\"retryDelay\":\"9s\"}]}} | 9000",
                "{\"error\":{\"retry_after\":\"12\"}} | 12000",
                "{\"retry_after_ms\":250} | 250",
                "{\"error\":{\"resets_in_seconds\":90}} | 90000",
                "{\"error\":{\"metadata\":{\"headers\":{\"X-RateLimit-Reset\":\"1772366460000\"}}}} | 60000",
                "{\"message\":\"Try again in 1 hour 3 minutes\"} | 3780000",
                "{\"message\":\"Quota will be replenished in 00:02:10.\"} | 130000",
                "{\"message\":\"Please retry after 5 sec\"} | 5000",
                "{\"message\":\"It resets at 2026-03-01 12:01:00 UTC.\"} | 60000",
                "{\"message\":\"Try again in 1984.999999ms\"} | 1985"
            })
    void bodiesAreReadInEveryForm(String body, long millis) {
        assertThat(delay(429, body)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Try again later",
                "in 5 models",
                "limit: 20 s of audio",
                "resets at 2026-03-01 12:01:00",
                "retry in 0s",
                "ticket 12m34"
            })
    void wordsThatStateNoDelayGiveNone(String words) {
        assertThat(delay(429, "{\"message\":\"" + words + "\"}")).isNull();
    }
}
