package io.aicore.llm.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LlmExceptionTest {

    @Test
    void noTwoCategoriesShareAKind() {
        assertThat(Arrays.stream(ErrorCategory.values())
                        .map(category -> LlmException.of(ErrorDetails.of("openai", category, false, "because"))
                                .getClass()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void everyCategoryHasItsOwnKind(ErrorCategory category) {
        LlmException failure = LlmException.of(ErrorDetails.of("openai", category, false, "because"));

        assertThat(failure.getClass()).isNotEqualTo(LlmException.class);
        assertThat(failure.category()).isEqualTo(category);
    }

    @Test
    void theMessageSaysWhoWhatAndWhy() {
        ErrorDetails details = ErrorDetails.of(
                        "openai", ErrorCategory.RATE_LIMITED, true, "tokens per minute are used up")
                .model("gpt-4o")
                .response(429, "rate_limit_exceeded", "req_1")
                .retryAfter(Duration.ofSeconds(20))
                .providerMessage("Rate limit reached");

        assertThat(LlmException.of(details))
                .isInstanceOf(RateLimitedException.class)
                .hasMessage("openai gpt-4o: rate_limited (429 rate_limit_exceeded): tokens per minute are used up"
                        + " [Rate limit reached], request req_1");
    }

    @Test
    void aRefusalByTheCircuitIsCheap() {
        LlmException refused =
                LlmException.of(ErrorDetails.of("openai", ErrorCategory.CIRCUIT_OPEN, false, "not sent"));

        assertThat(refused.getStackTrace()).isEmpty();
    }

    @Test
    void beforeACallHasEndedThereIsNoStory() {
        LlmException failure = LlmException.of(ErrorDetails.of("openai", ErrorCategory.CONNECTION, true, "refused"));

        assertThat(failure.attempts()).isEmpty();
        assertThat(failure.reason()).isNull();
        assertThat(failure.partial()).isNull();
        assertThat(failure.partialText()).isEmpty();
    }

    @Test
    void otherDetailsLoseNothingElse() {
        Completion partial = Completion.of("half");
        LlmException failure = LlmException.of(ErrorDetails.of("openai", ErrorCategory.CONNECTION, true, "broke"))
                .partial(partial);

        LlmException changed = failure.details(failure.details().model("m"));

        assertThat(changed.partial()).isSameAs(partial);
        assertThat(changed.model()).isEqualTo("m");
    }

    @Test
    void aModelsNameForgesNoLineOfALog() {
        LlmException failure = LlmException.of(ErrorDetails.of("p", ErrorCategory.SERVER_ERROR, true, "why")
                .model("m\r\nERROR\u2028forged\u001b[2J\u009b"));

        assertThat(failure.getMessage())
                .contains("p m ERROR forged [2J ")
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\u2028]");
    }
}
