package io.aicore.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import io.aicore.testkit.ErrorForm;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorTest extends Fixtures {

    private static String error(int code, String status, String message, String... details) {
        String list = details.length == 0 ? "" : ",'details':[" + String.join(",", details) + "]";
        return json(
                "{'error':{'code':" + code + ",'message':'" + message + "','status':'" + status + "'" + list + "}}");
    }

    /** The errors whose bodies say all. */
    static Stream<ErrorForm> errors() {
        return new GeminiFixture()
                .errors().stream().filter(form -> form.headers().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("errors")
    void theSameErrorInsideASuccessIsTheSame(ErrorForm form) {
        if (!form.body().contains("{")) {
            assertThat(catchThrowableOfType(LlmException.class, () -> decode(form.body()))
                            .category())
                    .isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
            return;
        }
        LlmException plain = catchThrowableOfType(LlmException.class, () -> decode(form.body()));
        LlmException streamed = catchThrowableOfType(LlmException.class, () -> feed(decoder(), form.body()));

        assertVerdict(plain, form);
        assertVerdict(streamed, form);
        assertThat(streamed.status()).isEqualTo(form.status());
        assertThat(streamed.details().phase()).isEqualTo(Phase.BODY);
    }

    private static void assertVerdict(LlmException failure, ErrorForm form) {
        assertThat(failure.category()).isEqualTo(form.category());
        assertThat(failure.retryable()).isEqualTo(form.retryable());
        assertThat(failure.retryAfter()).isEqualTo(form.delay());
        assertThat(failure.provider()).isEqualTo("gemini");
    }

    @Test
    void anErrorAfterTokensIsOfTheStream() {
        var decoder = decoder();
        feed(decoder, text("Par"));

        LlmException failure = catchThrowableOfType(
                LlmException.class, () -> feed(decoder, error(503, "UNAVAILABLE", "The model is overloaded.")));

        assertThat(failure.category()).isEqualTo(ErrorCategory.OVERLOADED);
        assertThat(failure.details().phase()).isEqualTo(Phase.STREAM);
    }

    @Test
    void aBlockInAStreamIsAContentFilter() {
        LlmException failure = catchThrowableOfType(
                LlmException.class, () -> feed(decoder(), "{'promptFeedback':{'blockReason':'OTHER'}}"));

        assertThat(failure.category()).isEqualTo(ErrorCategory.CONTENT_FILTERED);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.code()).isEqualTo("OTHER");
    }
}
