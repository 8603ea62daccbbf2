package io.aicore.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.error.ContentFilteredException;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodingTest extends Fixtures {

    private static LlmException failure(int status, String body) {
        return catchThrowableOfType(LlmException.class, () -> codec().decode(REQUEST, response(status, body)));
    }

    @Test
    void readsAnAnswer() {
        Completion completion =
                decode(answer("{\"role\":\"assistant\",\"content\":\"Hi.\",\"refusal\":null}", "\"stop\""));

        assertThat(completion.text()).isEqualTo("Hi.");
        assertThat(completion.id()).isEqualTo("cmpl-1");
        assertThat(completion.model()).isEqualTo("m-1-dated");
        assertThat(completion.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(completion.rawFinishReason()).isEqualTo("stop");
        assertThat(completion.usage()).isEqualTo(Usage.of(9, 4));
        assertThat(completion.refusal()).isNull();
    }

    @Test
    void unknownFieldsNeverBreakIt() {
        Completion completion = decode(
                "{\"obfuscation\":\"xx\",\"x_groq\":{\"id\":1},\"choices\":[{\"index\":0,\"logprobs\":{\"content\":"
                        + "[{\"logprob\":-Infinity}]},\"novel\":[{}],\"message\":{\"content\":\"ok\",\"annotations\":[],\"audio\":null}}],\"time_info\":{}}");

        assertThat(completion.text()).isEqualTo("ok");
        assertThat(completion.finishReason()).isEqualTo(FinishReason.UNKNOWN);
        assertThat(completion.usage()).isNull();
        assertThat(completion.id()).isEmpty();
    }

    @Test
    void readsContentInParts() {
        Completion completion = decode(answer(
                "{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}],\"closed\":true},"
                        + "{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]}",
                "\"stop\""));

        assertThat(completion.text()).isEqualTo("ab");
        assertThat(completion.reasoning()).isEqualTo("hm");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"reasoning\":\"why\"",
                "\"reasoning_content\":\"why\"",
                "\"reasoning\":\"why\",\"reasoning_content\":\"why\"",
                "\"reasoning\":\"why\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"why\"}]",
                "\"reasoning_details\":[{\"type\":\"reasoning.summary\",\"summary\":\"why\"}]"
            })
    void readsReasoningOnceFromWhereverItStands(String fields) {
        assertThat(decode(answer("{\"content\":\"x\"," + fields + "}", "\"stop\""))
                        .reasoning())
                .isEqualTo("why");
    }

    @Test
    void keepsReasoningDetailsForTheNextTurn() {
        Completion completion = decode(answer(
                "{\"content\":\"x\",\"reasoning_details\":[{\"type\":\"reasoning.encrypted\",\"data\":\"zz\"}]}",
                "\"stop\""));

        assertThat(completion.message().extra())
                .isEqualTo(Map.of("reasoning_details", List.of(Map.of("type", "reasoning.encrypted", "data", "zz"))));
    }

    @Test
    void readsARefusal() {
        Completion completion = decode(answer("{\"content\":null,\"refusal\":\"I can't.\"}", "\"stop\""));

        assertThat(completion.refusal()).isEqualTo("I can't.");
        assertThat(completion.finishReason()).isEqualTo(FinishReason.REFUSAL);
    }

    @Test
    void readsToolCallsAlsoWhereTheReasonSaysStop() {
        Completion completion = decode(answer(
                "{\"content\":null,\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}},"
                        + "{\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":{\"x\":1}}},"
                        + "{\"id\":\"c\",\"type\":\"custom\",\"custom\":{\"name\":\"h\",\"input\":\"free\"}}]}",
                "\"stop\""));

        assertThat(completion.toolCalls())
                .containsExactly(
                        new ToolCall("a", "f", ""),
                        new ToolCall("call_1", "g", "{\"x\":1}"),
                        new ToolCall("c", "h", "free"));
        assertThat(completion.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void readsTheFunctionCallOfOldServers() {
        Completion completion = decode(answer(
                "{\"content\":null,\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"}}", "\"function_call\""));

        assertThat(completion.toolCalls()).containsExactly(new ToolCall("call_0", "f", "{}"));
        assertThat(completion.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @ParameterizedTest
    @CsvSource({
        "stop, STOP",
        "eos, STOP",
        "length, LENGTH",
        "model_length, LENGTH",
        "tool_calls, TOOL_CALLS",
        "content_filter, CONTENT_FILTER",
        "sensitive, CONTENT_FILTER",
        "model_context_window_exceeded, CONTEXT_WINDOW",
        "brand_new, UNKNOWN"
    })
    void namesTheFinishReason(String word, FinishReason reason) {
        Completion completion = decode(answer("{\"content\":\"x\"}", "\"" + word + "\""));

        assertThat(completion.finishReason()).isEqualTo(reason);
        assertThat(completion.rawFinishReason()).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({
        "error, SERVER_ERROR",
        "network_error, SERVER_ERROR",
        "abort, SERVER_ERROR",
        "insufficient_system_resource, OVERLOADED"
    })
    void aFinishReasonThatIsAFailureIsRetryable(String word, ErrorCategory category) {
        LlmException failure = failure(200, answer("{\"content\":\"half\"}", "\"" + word + "\""));

        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.code()).isEqualTo(word);
        assertThat(failure).hasMessageNotContaining("half");
    }

    @Test
    void onlyTheFirstChoiceIsRead() {
        assertThat(decode(
                                "{\"choices\":[{\"index\":1,\"message\":{\"content\":\"b\"}},{\"index\":0,\"message\":{\"content\":\"a\"}}]}")
                        .text())
                .isEqualTo("a");
    }

    @Test
    void whiteSpaceBeforeTheAnswerIsKeepAlive() {
        assertThat(decode("\n         \n\n" + answer("{\"content\":\"x\"}", "\"stop\""))
                        .text())
                .isEqualTo("x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":{\"code\":429,\"message\":\"slow\"},\"choices\":null} | RATE_LIMITED",
                "{\"error\":{\"code\":502,\"message\":\"upstream\"},\"choices\":[]} | SERVER_ERROR",
                "{\"code\":\"The service is currently unavailable\",\"error\":\"Please try again later\"} | OVERLOADED",
                "{\"error\":\"Model is loading\"} | OVERLOADED",
                "[{\"error\":{\"code\":503,\"message\":\"down\",\"status\":\"UNAVAILABLE\"}}] | OVERLOADED",
                "{\"object\":\"error\",\"message\":\"Internal server error\",\"code\":500} | SERVER_ERROR",
                "{\"error\":{\"code\":\"context_length_exceeded\",\"message\":\"long\"}} | CONTEXT_LENGTH",
                "{\"choices\":[{\"index\":0,\"error\":{\"code\":502,\"message\":\"upstream\"},\"message\":{\"content\":\"\"}}]} | SERVER_ERROR",
                "{\"choices\":null,\"base_resp\":{\"status_code\":1039,\"status_msg\":\"slower\"}} | RATE_LIMITED",
                "{\"error_code\":17,\"error_msg\":\"the daily requests are gone\"} | QUOTA_EXHAUSTED",
                "{\"success\":false,\"errors\":[{\"code\":10000,\"message\":\"Authentication error\"}]} | AUTHENTICATION",
                "{\"Response\":{\"Error\":{\"Code\":\"RequestLimitExceeded\",\"Message\":\"slower\"}}} | RATE_LIMITED",
                "{\"error\":{\"message\":\"no idea\"}} | SERVER_ERROR"
            })
    void anErrorInsideA200IsTheErrorItStandsFor(String body, ErrorCategory category) {
        LlmException failure = failure(200, body);

        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure.retryable())
                .isEqualTo(!EnumSet.of(
                                ErrorCategory.CONTEXT_LENGTH,
                                ErrorCategory.QUOTA_EXHAUSTED,
                                ErrorCategory.AUTHENTICATION)
                        .contains(category));
        assertThat(failure.requestId()).isEqualTo("req-7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | not_json",
                "'   ' | not_json",
                "<html>login</html> | not_json",
                "{\"choices\":[{\"mess | not_json",
                "42 | not_json",
                "{\"id\":\"1\",\"choices\":null} | no_choices",
                "{\"choices\":[]} | no_choices",
                "{} | no_choices"
            })
    void aSuccessThatNobodyCanReadIsMalformedAndRetryable(String body, String code) {
        LlmException failure = failure(200, body);

        assertThat(failure.category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure).hasMessageNotContaining("login");
    }

    @Test
    void anEmptyAnswerHasItsOwnCode() {
        LlmException failure = failure(200, answer("{\"content\":\"\"}", "\"stop\""));

        assertThat(failure.category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
        assertThat(failure.code()).isEqualTo("empty_completion").isEqualTo(ErrorClassifier.EMPTY_COMPLETION);
        assertThat(failure.retryable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"content_filter, CONTENT_FILTER", "length, LENGTH", "model_context_window_exceeded, CONTEXT_WINDOW"})
    void anAnswerMayBeEmptyForAReason(String word, FinishReason reason) {
        assertThat(decode(answer("{\"content\":null}", "\"" + word + "\"")).finishReason())
                .isEqualTo(reason);
    }

    @Test
    void acceptedIsNotAnAnswerButAQueue() {
        LlmException failure = failure(202, "{\"status\":\"pending\"}");

        assertThat(failure.category()).isEqualTo(ErrorCategory.OVERLOADED);
        assertThat(failure.status()).isEqualTo(202);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.details().why()).startsWith("status 202: the request is queued");
    }

    @Test
    void azureRefusesAPromptWith400() {
        LlmException failure = codec("azure-openai")
                .classify(
                        REQUEST,
                        response(
                                400,
                                "{\"error\":{\"code\":\"content_filter\",\"message\":\"Filtered. Please modify your prompt and retry.\",\"param\":\"prompt\","
                                        + "\"innererror\":{\"code\":\"ResponsibleAIPolicyViolation\"}}}"));

        assertThat(failure).isInstanceOf(ContentFilteredException.class);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.code()).isEqualTo("content_filter");
    }

    @Test
    void togethersForbiddenIsAFullContextWindow() {
        assertThat(codec("together")
                        .classify(
                                REQUEST,
                                response(
                                        403,
                                        "{\"error\":{\"message\":\"Input exceeds the model's context length of 8192\"}}"))
                        .category())
                .isEqualTo(ErrorCategory.CONTEXT_LENGTH);
    }

    @Test
    void neitherKeyNorPromptIsInAMessage() {
        LlmException failure = codec().classify(
                        REQUEST,
                        response(
                                401,
                                "{\"error\":{\"message\":\"Incorrect API key provided: sk-proj-abcDEF123456. \\u0007See docs\","
                                        + "\"code\":\"invalid_api_key\",\"type\":\"invalid_request_error\"}}"));

        assertThat(failure.category()).isEqualTo(ErrorCategory.AUTHENTICATION);
        assertThat(failure).hasMessageNotContaining("sk-proj").hasMessageNotContaining("hello");
        assertThat(failure.details().providerMessage()).isEqualTo("Incorrect API key provided: [removed] See docs");
    }
}
