package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.Outcome;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The credential latch knows 401 alone; statuses that no answer has say nothing to the circuit. */
class KeyOutcomeTest {

    @ParameterizedTest
    @CsvSource({
        "401, AUTHENTICATION, FAILURE",
        "403, PERMISSION, IGNORED",
        "403, AUTHENTICATION, IGNORED",
        "400, AUTHENTICATION, ALIVE",
        "429, RATE_LIMITED, ALIVE",
        "500, SERVER_ERROR, IGNORED"
    })
    void only401IsARefusedKey(int status, ErrorCategory category, Outcome outcome) {
        assertThat(FailureMapping.keyOutcome(failure(status, category))).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"102, IGNORED", "999, IGNORED", "200, ALIVE"})
    void aStatusThatNoAnswerHasCountsAsNothing(int status, Outcome outcome) {
        assertThat(FailureMapping.outcome(failure(status, ErrorCategory.MALFORMED_RESPONSE)))
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"client_behind, IGNORED", ", FAILURE"})
    void aTimeoutOfAClientThatWasLateItselfCountsAsNothing(String code, Outcome outcome) {
        ErrorDetails details = ErrorDetails.of("acme", ErrorCategory.TIMEOUT, true, "test");
        assertThat(FailureMapping.outcome(LlmException.of(details.response(null, code, null))))
                .isEqualTo(outcome);
    }

    private static LlmException failure(int status, ErrorCategory category) {
        return LlmException.of(ErrorDetails.of("acme", category, false, "test").response(status, null, null));
    }
}
