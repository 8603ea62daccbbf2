package io.aicore.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetrySettingsTest {

    private static final RetrySettings DEFAULTS = RetrySettings.defaults();

    @Test
    void theDefaultsAreTheDocumentedOnes() {
        assertThat(DEFAULTS)
                .isEqualTo(new RetrySettings(
                        3,
                        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), 2, Jitter.proportional(0.25)),
                        null,
                        Duration.ofSeconds(60)));
    }

    @Test
    void wrongSettingsFailWhereTheyAreGiven() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.maxRetries(-1))
                .withMessage("maxRetries: -1 (expected: >= 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.backoffFactor(0.5))
                .withMessage("backoffFactor: 0.5 (expected: >= 1 and <= 1000000)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.backoffFactor(Double.NaN))
                .withMessageStartingWith("backoffFactor: NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.maxDelay(Duration.ofMillis(1)))
                .withMessage("maxDelay: PT0.001S (expected: >= initialDelay, PT1S)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.initialDelay(Duration.ofSeconds(-1)))
                .withMessageStartingWith("initialDelay: PT-1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.maxDelay(Duration.ofSeconds(Long.MAX_VALUE)))
                .withMessageStartingWith("maxDelay: PT");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.deadline(Duration.ZERO))
                .withMessage("deadline: PT0S (expected: more than 0, at most 365 days)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.maxServerDelay(Duration.ofSeconds(-1)))
                .withMessageStartingWith("maxServerDelay: PT-1S");
    }

    @Test
    void everyVariableIsRead() {
        Map<String, String> environment = Map.of(
                "LLM_MAX_RETRIES", "5",
                "LLM_RETRY_INITIAL_DELAY", "1.5",
                "LLM_RETRY_MAX_DELAY", " 15.0 ",
                "LLM_RETRY_BACKOFF_FACTOR", "3");
        assertThat(RetrySettings.fromEnvironment(environment))
                .isEqualTo(DEFAULTS.maxRetries(5)
                        .initialDelay(Duration.ofMillis(1500))
                        .maxDelay(Duration.ofSeconds(15))
                        .backoffFactor(3));
    }

    @Test
    void absentAndBlankVariablesLeaveTheGivenSettings() {
        RetrySettings own = DEFAULTS.maxRetries(7).deadline(Duration.ofSeconds(9));
        assertThat(RetrySettings.fromEnvironment(Map.of("LLM_MAX_RETRIES", "  ", "OTHER", "x"), own))
                .isEqualTo(own);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "LLM_MAX_RETRIES            | abc       | LLM_MAX_RETRIES: 'abc' (expected: a whole number >= 0)",
                "LLM_MAX_RETRIES            | -1        | LLM_MAX_RETRIES: -1 (expected: a whole number >= 0)",
                "LLM_MAX_RETRIES            | 2.5       | LLM_MAX_RETRIES: 2.5 (expected: a whole number >= 0)",
                "LLM_MAX_RETRIES            | 99999999999 | LLM_MAX_RETRIES: 99999999999 (expected: a whole number <= 1000000)",
                "LLM_RETRY_BACKOFF_FACTOR   | 0.5       | LLM_RETRY_BACKOFF_FACTOR: 0.5 (expected: a number >= 1)",
                "LLM_RETRY_BACKOFF_FACTOR   | NaN       | LLM_RETRY_BACKOFF_FACTOR: 'NaN' (expected: a number >= 1)",
                "LLM_RETRY_BACKOFF_FACTOR   | Infinity  | LLM_RETRY_BACKOFF_FACTOR: 'Infinity' (expected: a number >= 1)",
                "LLM_RETRY_BACKOFF_FACTOR   | 1e9       | LLM_RETRY_BACKOFF_FACTOR: 1e9 (expected: a number <= 1000000)",
                "LLM_RETRY_INITIAL_DELAY    | -1        | LLM_RETRY_INITIAL_DELAY: -1 (expected: a number of seconds >= 0)",
                "LLM_RETRY_INITIAL_DELAY    | 1s        | LLM_RETRY_INITIAL_DELAY: '1s' (expected: a number of seconds >= 0)",
                "LLM_RETRY_INITIAL_DELAY    | 20        | LLM_RETRY_INITIAL_DELAY: 20 (expected: at most LLM_RETRY_MAX_DELAY, 10 by default)",
                "LLM_RETRY_MAX_DELAY        | 0.5       | LLM_RETRY_MAX_DELAY: 0.5 (expected: at least LLM_RETRY_INITIAL_DELAY, 1 by default)",
                "LLM_RETRY_MAX_DELAY        | 1e999999999 | LLM_RETRY_MAX_DELAY: '1e999999999' (expected: a number of seconds >= 0)",
                "LLM_RETRY_MAX_DELAY        | 1e20      | LLM_RETRY_MAX_DELAY: 1e20 (expected: at most 31536000 seconds, 365 days)",
                "LLM_RETRY_MAX_DELAY        | 1e308     | LLM_RETRY_MAX_DELAY: 1e308 (expected: at most 31536000 seconds, 365 days)"
            })
    void aWrongValueNamesItsVariableAndWhatIsExpected(String variable, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetrySettings.fromEnvironment(Map.of(variable, value)))
                .withMessage(message);
    }

    @Test
    void delaysThatContradictEachOtherNameBothVariables() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetrySettings.fromEnvironment(
                        Map.of("LLM_RETRY_INITIAL_DELAY", "5", "LLM_RETRY_MAX_DELAY", "2")))
                .withMessage("LLM_RETRY_MAX_DELAY: 2 (expected: at least LLM_RETRY_INITIAL_DELAY, 5)");
    }

    @Test
    void aRetryAfterOfNothingCountsAsAbsent() {
        assertThat(Failure.retryable("x").retryAfter(Duration.ZERO).retryAfter())
                .isNull();
        assertThat(Failure.retryable("x").retryAfter(Duration.ofSeconds(-3)).retryAfter())
                .isNull();
    }

    @Test
    void aRetryLimitMustBeCountable() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Failure.retryable("x").retryLimit(16))
                .withMessage("retryLimit: 16 (expected: 0 to 15)");
    }
}
