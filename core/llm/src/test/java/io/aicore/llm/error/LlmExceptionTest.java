package io.aicore.llm.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ResponseInfo;
import io.aicore.llm.internal.FailureState;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

    /** Each thing that a call adds. */
    private static <E extends LlmException> E told(E failure) {
        failure.addSuppressed(new IllegalStateException("earlier"));
        FailureState.partial(failure, Completion.of("half"));
        FailureState.response(failure, new ResponseInfo("req-1", Map.of("date", "today"), null));
        return FailureState.conversation(failure, List.of(Message.user("hi")));
    }

    private static void hasAll(LlmException changed, LlmException before) {
        assertThat(changed.partialText()).isEqualTo("half");
        assertThat(changed.headers()).containsEntry("date", "today");
        assertThat(changed.conversation()).containsExactly(Message.user("hi"));
        assertThat(changed.getSuppressed()).hasSize(1);
        assertThat(changed.getCause()).isSameAs(before.getCause());
        assertThat(changed.getStackTrace()).isEqualTo(before.getStackTrace());
    }

    @Test
    void otherDetailsLoseNothingElse() {
        ErrorDetails details = ErrorDetails.of("openai", ErrorCategory.CONNECTION, true, "broke");
        LlmException failure = told(LlmException.of(details, new IOException("reset")));

        LlmException changed = failure.details(details.model("m"));

        assertThat(changed).isInstanceOf(ConnectionException.class).hasMessage("openai m: connection: broke");
        assertThat(failure.model()).isNull();
        hasAll(changed, failure);
    }

    @Test
    void anotherCategoryIsAnotherClass() {
        ErrorDetails details = ErrorDetails.of("openai", ErrorCategory.CONNECTION, true, "broke");
        LlmException failure = told(LlmException.of(details, new IOException("reset")));

        LlmException changed = failure.details(
                details.classification(new ErrorDetails.Classification(ErrorCategory.TIMEOUT, true, "late")));

        assertThat(changed).isInstanceOf(LlmTimeoutException.class).hasMessage("openai: timeout: late");
        hasAll(changed, failure);
    }

    @Test
    void aClassOfYourOwnGetsTheDetailsToo() {
        class Exotic extends LlmException {
            private static final long serialVersionUID = 1L;

            Exotic(ErrorDetails details) {
                super(details, null);
            }
        }
        ErrorDetails details = ErrorDetails.of("mine", ErrorCategory.REJECTED, false, "key 12345678");
        LlmException failure = told(new Exotic(details));

        LlmException changed = failure.details(details.model("m").why("key REDACTED"));

        assertThat(changed).isInstanceOf(Exotic.class).hasMessage("mine m: rejected: key REDACTED");
        hasAll(changed, failure);
    }

    @Test
    void noPublicMethodSetsWhatACallAdds() {
        assertThat(LlmException.class.getDeclaredMethods())
                .filteredOn(method -> Modifier.isPublic(method.getModifiers()))
                .filteredOn(method -> method.getParameterCount() > 0)
                .extracting(Method::getName)
                .containsOnly("details", "of");
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
