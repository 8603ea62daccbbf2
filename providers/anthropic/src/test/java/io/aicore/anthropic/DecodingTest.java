package io.aicore.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodingTest extends Fixtures {

    static final String THOUGHT = "{\"type\":\"thinking\",\"thinking\":\"because\",\"signature\":\"sig==\"},"
            + "{\"type\":\"redacted_thinking\",\"data\":\"xyz\"}";
    static final String CALL =
            "{\"type\":\"tool_use\",\"id\":\"t-1\",\"name\":\"weather\",\"input\":{\"city\":\"Bern\"}}";

    @Test
    void readsAnAnswer() {
        Completion answer = decode(answer(text("Hel") + "," + text("lo"), "\"end_turn\""));

        assertThat(answer.text()).isEqualTo("Hello");
        assertThat(answer.id()).isEqualTo("msg_1");
        assertThat(answer.model()).isEqualTo("claude-haiku-4-5-dated");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.usage()).isEqualTo(Usage.of(7, 4));
        assertThat(answer.extra()).isEmpty();
    }

    @Test
    void readsToolCalls() {
        Completion answer = decode(answer(
                text("let me see") + "," + CALL + ",{\"type\":\"tool_use\",\"id\":\"t-2\",\"name\":\"now\"}",
                "\"tool_use\""));

        assertThat(answer.toolCalls())
                .containsExactly(
                        new ToolCall("t-1", "weather", "{\"city\":\"Bern\"}"), new ToolCall("t-2", "now", "{}"));
        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(answer.extra()).isEmpty();
    }

    @Test
    void thinkingGoesBackAsItCame() {
        String blocks = THOUGHT + "," + text("") + "," + CALL;
        Completion answer = decode(answer(blocks, "\"tool_use\""));

        assertThat(answer.reasoning()).isEqualTo("because");
        assertJson(
                encode(REQUEST.toBuilder().message(answer.message()))
                        .at("messages")
                        .at(1),
                "{\"role\":\"assistant\",\"content\":[" + THOUGHT + "," + CALL + "]}");
    }

    @Test
    void blocksOfToolsOnTheServerAndQuotesGoBackToo() {
        String blocks = "{\"type\":\"server_tool_use\",\"id\":\"s-1\",\"name\":\"web_search\",\"input\":{\"q\":1}},"
                + "{\"type\":\"text\",\"text\":\"so\",\"citations\":[{\"type\":\"page\",\"n\":3}]},"
                + "{\"type\":\"of_tomorrow\",\"x\":[null]}";
        Completion answer = decode(answer(blocks, "\"pause_turn\""));

        assertThat(answer.finishReason()).isEqualTo(FinishReason.PAUSE);
        assertThat(answer.text()).isEqualTo("so");
        assertJson(
                encode(REQUEST.toBuilder().message(answer.message()))
                        .at("messages")
                        .at(1)
                        .at("content"),
                "[" + blocks + "]");
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn, STOP",
        "stop_sequence, STOP_SEQUENCE",
        "max_tokens, LENGTH",
        "tool_use, TOOL_CALLS",
        "pause_turn, PAUSE",
        "compaction, PAUSE",
        "refusal, REFUSAL",
        "model_context_window_exceeded, CONTEXT_WINDOW",
        "of_tomorrow, UNKNOWN",
    })
    void knowsWhyItEnded(String word, FinishReason reason) {
        Completion answer = decode(answer(text("x"), "\"" + word + "\""));

        assertThat(answer.finishReason()).isEqualTo(reason);
        assertThat(answer.rawFinishReason()).isEqualTo(word);
    }

    @Test
    void aRefusalIsAnAnswer() {
        Completion answer = decode("{\"id\":\"msg_1\",\"content\":[],\"stop_reason\":\"refusal\",\"stop_details\":"
                + "{\"type\":\"refusal\",\"category\":\"x\",\"explanation\":\"Not this.\"}}");

        assertThat(answer.refusal()).isEqualTo("Not this.");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.REFUSAL);
        assertThat(answer.usage()).isNull();
    }

    @Test
    void nothingToSayIsAnAnswer() {
        Completion answer = decode(answer("", "\"end_turn\""));

        assertThat(answer.text()).isEmpty();
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.extra()).isEqualTo(Map.of("anthropic_content", List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"thinking\",\"thinking\":\"because\",\"signature\":\"sig==\"}",
                "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"sig==\"}",
                "{\"type\":\"redacted_thinking\",\"data\":\"xyz\"}"
            })
    void reasoningAloneIsNoAnswer(String thought) {
        String empty = thought + "," + text("");
        LlmException failure = failure(answer(empty, "\"end_turn\""));

        assertThat(failure.code()).isEqualTo("reasoning_only");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.partial().extra().get("anthropic_content"))
                .isEqualTo(Json.read("[" + empty + "]").plain());
        assertThat(decode(answer(empty, "\"pause_turn\"")).text()).isEmpty();
        assertThat(decode(answer(thought + ",{\"type\":\"of_tomorrow\"}", "\"end_turn\""))
                        .extra())
                .containsKey("anthropic_content");
    }

    @ParameterizedTest
    @ValueSource(strings = {"refusal", "max_tokens", "pause_turn", "model_context_window_exceeded"})
    void someReasonsExplainAnEmptyAnswer(String reason) {
        assertThat(decode(answer("", "\"" + reason + "\"")).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"tool_use\"", "null", "\"of_tomorrow\""})
    void othersDoNot(String reason) {
        LlmException failure = failure(answer(text(""), reason));

        assertThat(failure.code()).isEqualTo("empty_completion");
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void cachedTokensAreInput() {
        String answer = answer(text("x"), "\"end_turn\"")
                .replace(
                        "\"output_tokens\":4",
                        "\"cache_creation_input_tokens\":20,\"cache_read_input_tokens\":300,"
                                + "\"cache_creation\":{\"ephemeral_5m_input_tokens\":20},\"service_tier\":null,"
                                + "\"output_tokens\":40,\"output_tokens_details\":{\"thinking_tokens\":30}");

        assertThat(decode(answer).usage()).isEqualTo(new Usage(327, 40, 300, 20, 30));
    }

    @Test
    void unknownAndMissingFieldsAreNoFailure() {
        Completion answer = decode("{\"content\":[{\"type\":\"text\",\"text\":\"x\",\"citations\":null,\"new\":{}},"
                + "{\"type\":7},null],\"usage\":{\"input_tokens\":\"?\"},\"container\":null}");

        assertThat(answer.text()).isEqualTo("x");
        assertThat(answer.id()).isEmpty();
        assertThat(answer.usage()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                    | not_json",
                "{\"content\":[{\"te   | not_json",
                "<html>busy</html>     | not_json",
                "[]                    | no_content",
                "{}                    | no_content",
                "{\"content\":null}    | no_content",
            })
    void whatNobodyCanReadMayBeRetried(String body, String code) {
        LlmException failure = failure(body);

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.requestId()).isEqualTo("req_7");
    }

    @Test
    void anErrorInsideA200HasItsOwnStatus() {
        LlmException failure = failure(error("overloaded_error", "Overloaded"));

        assertThat(failure.status()).isEqualTo(529);
        assertThat(failure.requestId()).isEqualTo("req_7");
        assertThat(failure("{\"error\":\"upstream gone\"}").retryable()).isTrue();
    }

    @Test
    void aRelaysComplaintIsReadThoughItIsNoErrorOfTheProtocol() {
        LlmException failure = failure("{\"success\":false,\"code\":401,\"msg\":\"token expired\"}");

        assertThat(failure.category()).isEqualTo(ErrorCategory.AUTHENTICATION);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.details().why()).startsWith("code 401, under status 200: ");
    }

    @Test
    void anInputThatIsTextIsTheObjectInIt() {
        String block = "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":\"{\\\"city\\\":\\\"Ulm\\\"}\"}";

        assertThat(decode(answer(block, "\"tool_use\"")).toolCalls().get(0).arguments())
                .isEqualTo("{\"city\":\"Ulm\"}");
    }
}
