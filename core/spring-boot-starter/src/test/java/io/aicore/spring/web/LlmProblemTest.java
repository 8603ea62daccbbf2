package io.aicore.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LlmProblemTest {

    @ParameterizedTest
    @CsvSource({
        "AUTHENTICATION, 502",
        "PERMISSION, 502",
        "BILLING, 502",
        "UNSUPPORTED_REGION, 502",
        "NOT_FOUND, 502",
        "SERVER_ERROR, 502",
        "CONNECTION, 502",
        "MALFORMED_RESPONSE, 502",
        "INCOMPLETE_STREAM, 502",
        "CONFLICT, 502",
        "RATE_LIMITED, 503",
        "OVERLOADED, 503",
        "QUOTA_EXHAUSTED, 503",
        "CIRCUIT_OPEN, 503",
        "REJECTED, 503",
        "TIMEOUT, 504",
        "CONTENT_FILTERED, 422",
        "CONTEXT_LENGTH, 422",
        "PAYLOAD_TOO_LARGE, 413",
        "INVALID_REQUEST, 500",
        "CLIENT_ERROR, 500"
    })
    void eachKindHasItsStatus(ErrorCategory category, int status) {
        LlmProblem problem = LlmProblem.of(LlmException.of(details(category)));

        assertThat(problem.status().value()).isEqualTo(status);
        assertThat(problem.retryAfterSeconds().isPresent()).isEqualTo(status == 503);
        assertThat(problem.members()).containsEntry("status", status).containsEntry("category", category.word());
    }

    @Test
    void whatTheProviderFoundWrongIsNoFaultOfTheClient() {
        ErrorDetails refused = details(ErrorCategory.INVALID_REQUEST).response(400, null, null);

        assertThat(LlmProblem.of(LlmException.of(refused)).status().value()).isEqualTo(502);
    }

    @ParameterizedTest
    @CsvSource({"2000, 2", "2001, 3", "10, 1", "0, 1"})
    void theDelayIsRoundedUpToSeconds(long millis, String seconds) {
        ErrorDetails limited = details(ErrorCategory.RATE_LIMITED).retryAfter(Duration.ofMillis(millis));

        assertThat(LlmProblem.of(LlmException.of(limited)).retryAfterSeconds()).hasValue(seconds);
    }

    @Test
    void aQuotaIsAskedForLater() {
        assertThat(LlmProblem.of(LlmException.of(details(ErrorCategory.QUOTA_EXHAUSTED)))
                        .retryAfterSeconds())
                .hasValue("3600");
    }

    private static ErrorDetails details(ErrorCategory category) {
        return ErrorDetails.of("openai", category, false, "why");
    }
}
