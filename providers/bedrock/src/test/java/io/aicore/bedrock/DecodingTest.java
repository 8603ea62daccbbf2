package io.aicore.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.IncompleteStreamException;
import io.aicore.llm.error.LlmException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodingTest extends Fixtures {

    @Test
    void cachedTokensAreInput() {
        assertThat(decode("{\"text\":\"x\"}", "end_turn").usage()).isEqualTo(new Usage(327, 4, 300, 20, 0));
    }

    @Test
    void aStreamsThoughtsAndQuotesGoBackAsAPlainAnswersDo() {
        Completion answer = stream(
                "messageStart {\"role\":\"assistant\"}",
                delta(0, "{\"reasoningContent\":{\"text\":\"be\"}}"),
                delta(0, "{\"reasoningContent\":{\"text\":\"cause\"}}"),
                delta(0, "{\"reasoningContent\":{\"signature\":\"sig==\"}}"),
                "contentBlockStop {\"contentBlockIndex\":0}",
                delta(1, "{\"reasoningContent\":{\"redactedContent\":\"eHl6\"}}"),
                delta(2, "{\"text\":\"so\"}"),
                delta(2, "{\"citation\":{\"title\":\"page\"}}"),
                "contentBlockStart {\"contentBlockIndex\":3,\"start\":{\"toolUse\":{\"toolUseId\":\"t-1\",\"name\":\"now\"}}}",
                delta(3, "{\"toolUse\":{\"input\":\"{\\\"zone\\\":\"}}"),
                delta(3, "{\"toolUse\":{\"input\":\"\\\"UTC\\\"}\"}}"),
                "contentBlockStop {\"contentBlockIndex\":3}",
                "metadata {\"usage\":{\"inputTokens\":1,\"outputTokens\":2}}",
                "messageStop {\"stopReason\":\"tool_use\"}");

        assertThat(answer.reasoning()).isEqualTo("because");
        assertThat(answer.toolCalls()).containsExactly(new ToolCall("t-1", "now", "{\"zone\":\"UTC\"}"));
        assertThat(answer.usage()).isEqualTo(Usage.of(1, 2));
        assertThat(answer.model()).isEqualTo("some-v1");
        assertJson(
                encode(request().message(answer.message())).at("messages").at(1).at("content"),
                "[" + THOUGHT + "," + HIDDEN + "," + QUOTE + "," + CALL + "]");
    }

    @Test
    void thoughtsAndQuotesGoBackAsTheyCame() {
        String blocks = THOUGHT + "," + HIDDEN + "," + QUOTE + "," + CALL;
        Completion answer = decode(blocks, "tool_use");

        assertThat(answer.reasoning()).isEqualTo("because");
        assertThat(answer.text()).isEqualTo("so");
        assertThat(answer.toolCalls()).containsExactly(new ToolCall("t-1", "now", "{\"zone\":\"UTC\"}"));
        assertJson(
                encode(request().message(answer.message())).at("messages").at(1).at("content"), "[" + blocks + "]");
    }

    @Test
    void theStopReasonAndTheMetadataEndAStream() {
        String stop = "messageStop {\"stopReason\":\"end_turn\"}";
        for (String[] events : new String[][] {{stop, "metadata {}"}, {"metadata {}", stop}}) {
            StreamDecoder decoder = decoder();
            feed(decoder, events);
            assertThat(decoder.ended()).isTrue();
        }
    }

    @Test
    void aCallWithoutInputHasEmptyArguments() {
        Completion answer = stream(
                "contentBlockStart {\"contentBlockIndex\":0,\"start\":{\"toolUse\":{\"toolUseId\":\"t-1\",\"name\":\"now\"}}}",
                "contentBlockStop {\"contentBlockIndex\":0}",
                "messageStop {\"stopReason\":\"tool_use\"}",
                "metadata {\"trace\":{\"promptRouter\":{\"invokedModelId\":\"other-v1\"}}}");

        assertThat(answer.toolCalls()).containsExactly(new ToolCall("t-1", "now", "{}"));
        assertThat(answer.model()).isEqualTo("other-v1");
        assertThat(answer.usage()).isNull();
        assertThat(answer.extra()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "guardrail_intervened, CONTENT_FILTER",
        "malformed_model_output, MALFORMED_TOOL_CALL",
        "of_tomorrow, UNKNOWN"
    })
    void knowsWhyItEnded(String word, FinishReason reason) {
        assertThat(decode("{\"text\":\"x\"}", word).finishReason()).isEqualTo(reason);
    }

    @Test
    void someReasonsExplainAnEmptyAnswer() {
        assertThat(decode("", "guardrail_intervened").isEmpty()).isTrue();
        assertThat(decode("", "end_turn").extra()).isEqualTo(Map.of("bedrock_content", List.of()));
        assertThat(catchThrowableOfType(LlmException.class, () -> decode("", "of_tomorrow"))
                        .code())
                .isEqualTo("empty_completion");
    }

    @ParameterizedTest
    @ValueSource(strings = {THOUGHT, HIDDEN})
    void reasoningAloneIsNoAnswer(String block) {
        LlmException failure = catchThrowableOfType(LlmException.class, () -> decode(block, "end_turn"));

        assertThat(failure.code()).isEqualTo("reasoning_only");
        assertThat(failure.partial().extra().get("bedrock_content"))
                .isEqualTo(Json.read("[" + block + "]").plain());
        assertThat(decode(block, "max_tokens").text()).isEmpty();
        assertThat(decode(block + ",{\"image\":{}}", "end_turn").extra()).containsKey("bedrock_content");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"text\":\"because\"", "\"signature\":\"c2ln\"", "\"redactedContent\":\"eHl6\""})
    void streamedReasoningAloneIsNoAnswer(String reasoning) {
        String thought = delta(0, "{\"reasoningContent\":{" + reasoning + "}}");
        String none = delta(1, "{\"text\":\"\"}");
        String stop = "messageStop {\"stopReason\":\"end_turn\"}";

        assertThat(catchThrowableOfType(LlmException.class, () -> stream(thought, none, stop))
                        .code())
                .isEqualTo("reasoning_only");
        assertThat(stream(thought, delta(1, "{\"image\":{}}"), stop, "metadata {}")
                        .finishReason())
                .isEqualTo(FinishReason.STOP);
    }

    @Test
    void aBrokenFrameIsMalformedAndAStreamWithoutItsStopReasonIncomplete() {
        StreamDecoder decoder = decoder();
        assertThatExceptionOfType(IncompleteStreamException.class)
                .isThrownBy(decoder::end)
                .withMessageContaining("messageStop");
        decoder.decode(new WireEvent("messageStop", "{\"stopReason\":\"max_tokens\"}"));

        assertThat(decoder.end()).isEmpty();
        LlmException broken = catchThrowableOfType(
                LlmException.class, () -> decoder.decode(new WireEvent(EventStream.BROKEN, "why")));
        assertThat(broken.category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
        assertThat(broken.code()).isEqualTo("broken_frame");
        assertThat(broken.retryable()).isTrue();
    }

    @Test
    void theExceptionsNameIsTheCode() {
        Map<String, String> named = Map.of("x-amzn-errortype", "ThrottlingException:http://internal.amazon.com/");
        assertThat(codec.classify(REQUEST, response(429, named, "{\"message\":\"slow\"}"))
                        .code())
                .isEqualTo("ThrottlingException");
        assertThat(codec.classify(REQUEST, response(503, Map.of(), "{\"__type\":\"a.b#ServiceUnavailableException\"}"))
                        .code())
                .isEqualTo("ServiceUnavailableException");
        assertThat(codec.classify(REQUEST, response(502, Map.of(), "<html>")).code())
                .isNull();
    }

    private static final String TYPED = CALL.replace("\"name\"", "\"type\":\"tool_use\",\"name\"");
    private static final String OWN = CALL.replace("\"name\"", "\"type\":\"server_tool_use\",\"name\"");

    @Test
    void aCallThatSaysItsTypeIsTheCallers() {
        ToolCall call = new ToolCall("t-1", "now", "{\"zone\":\"UTC\"}");
        assertThat(decode(TYPED, "tool_use").toolCalls()).containsExactly(call);
        assertThat(decode(OWN + "," + TYPED, "tool_use").toolCalls()).containsExactly(call);

        Completion streamed = stream(
                "contentBlockStart {\"contentBlockIndex\":0,\"start\":{\"toolUse\":{\"toolUseId\":\"t-1\","
                        + "\"name\":\"now\",\"type\":\"tool_use\"}}}",
                delta(0, "{\"toolUse\":{\"input\":\"{\\\"zone\\\":\\\"UTC\\\"}\"}}"),
                "contentBlockStop {\"contentBlockIndex\":0}",
                "messageStop {\"stopReason\":\"tool_use\"}",
                "metadata {}");
        assertThat(streamed.toolCalls()).containsExactly(call);
    }

    @Test
    void theTypeOfAKeptCallDoesNotGoBack() {
        Completion answer = decode(THOUGHT + "," + TYPED, "tool_use");
        assertJson(
                encode(request().message(answer.message())).at("messages").at(1).at("content"),
                "[" + THOUGHT + "," + CALL + "]");
    }

    @Test
    void aDeltasKindDecidesAndNotItsBlocks() {
        Completion answer = stream(
                delta(0, "{\"reasoningContent\":{\"text\":\"hm\"}}"),
                delta(0, "{\"text\":\"Hel\"}"),
                delta(0, "{\"text\":\"lo\"}"),
                delta(1, "{\"toolUse\":{\"input\":\"{}\"}}"),
                "contentBlockStart {\"contentBlockIndex\":1,\"start\":{\"toolUse\":{\"toolUseId\":\"a\",\"name\":\"f\"}}}",
                "contentBlockStart {\"contentBlockIndex\":1,\"start\":{\"toolUse\":{\"toolUseId\":\"b\",\"name\":\"f\"}}}",
                "messageStop {\"stopReason\":\"tool_use\"}",
                "metadata {}");

        assertThat(answer.reasoning()).isEqualTo("hm");
        assertThat(answer.text()).isEqualTo("Hello");
        assertThat(answer.toolCalls())
                .containsExactly(
                        new ToolCall("call_0", "", "{}"), new ToolCall("a", "f", "{}"), new ToolCall("b", "f", "{}"));
    }

    @Test
    void anInputThatIsTextIsTheObjectInIt() {
        String block = "{\"toolUse\":{\"toolUseId\":\"t\",\"name\":\"f\",\"input\":\"{\\\"city\\\":\\\"Ulm\\\"}\"}}";

        assertThat(decode(block, "tool_use").toolCalls().get(0).arguments()).isEqualTo("{\"city\":\"Ulm\"}");
    }
}
