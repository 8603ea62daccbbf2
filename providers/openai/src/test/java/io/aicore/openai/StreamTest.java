package io.aicore.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.completions.ChatCompletions;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.IncompleteStreamException;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamTest extends Fixtures {

    private static final String USAGE = "{\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4}}";

    @Test
    void readsAStream() {
        StreamDecoder decoder = decoder("openai");

        List<CompletionChunk> chunks = feed(
                decoder,
                delta("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}"),
                delta("{\"content\":\"Hel\"}"),
                delta("{\"content\":\"lo\"}"),
                finish("stop"),
                USAGE,
                "[DONE]");

        assertThat(chunks)
                .containsExactly(
                        CompletionChunk.text("Hel").info(ChunkInfo.of("cmpl-1", "m-1-dated")),
                        CompletionChunk.text("lo"),
                        CompletionChunk.of(ChunkInfo.of(FinishReason.STOP, "stop")),
                        CompletionChunk.of(ChunkInfo.of(Usage.of(9, 4))));
        assertThat(decoder.ended()).isTrue();
        assertThat(decoder.end()).isEmpty();
    }

    @Test
    void eventsWithoutNewsGiveNoChunk() {
        assertThat(feed(
                        decoder("openai"),
                        "",
                        "{\"choices\":[],\"id\":\"\",\"model\":\"\",\"prompt_filter_results\":[]}",
                        delta("{\"role\":\"assistant\"}"),
                        delta("{\"content\":null}"),
                        "{\"choices\":null}",
                        "{}",
                        "{\"choices\":[{\"index\":0}]}",
                        "{\"type\":\"ping\"}"))
                .isEmpty();
    }

    @Test
    void azuresFirstChunkNamesNobody() {
        Completion answer = stream(
                "{\"choices\":[],\"id\":\"\",\"model\":\"\",\"object\":\"\"}",
                delta("{\"content\":\"x\"}"),
                finish("stop"));

        assertThat(answer.id()).isEqualTo("cmpl-1");
        assertThat(answer.model()).isEqualTo("m-1-dated");
    }

    @Test
    void readsReasoningAndRefusalPieces() {
        Completion answer = stream(
                delta("{\"reasoning_content\":\"be\"}"),
                delta("{\"reasoning\":\"cause\"}"),
                delta("{\"refusal\":\"I \"}"),
                delta("{\"refusal\":\"can't.\"}"),
                finish("stop"));

        assertThat(answer.reasoning()).isEqualTo("because");
        assertThat(answer.refusal()).isEqualTo("I can't.");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.REFUSAL);
    }

    @Test
    void contentMaySwitchFromPartsToAString() {
        Completion answer = stream(
                delta("{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}]}]}"),
                delta("{\"content\":\"yes\"}"),
                finish("stop"));

        assertThat(answer.reasoning()).isEqualTo("hm");
        assertThat(answer.text()).isEqualTo("yes");
    }

    @Test
    void keepsReasoningDetailsForTheNextTurn() {
        Completion answer = stream(
                delta("{\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"a\"}]}"),
                delta("{\"content\":\"x\",\"reasoning_details\":[{\"type\":\"reasoning.encrypted\",\"data\":\"b\"}]}"),
                finish("stop"));

        assertThat(answer.reasoning()).isEqualTo("a");
        assertThat(answer.extra())
                .isEqualTo(Map.of(
                        "reasoning_details",
                        List.of(
                                Map.of("type", "reasoning.text", "text", "a"),
                                Map.of("type", "reasoning.encrypted", "data", "b"))));
    }

    @Test
    void assemblesInterleavedToolCallsByIndex() {
        Completion answer = stream(
                tool(
                        "{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}"),
                tool(
                        "{\"index\":1,\"id\":\"b\",\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"\"}}"),
                tool("{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\"\"}}"),
                tool("{\"index\":1,\"function\":{\"arguments\":\"{}\"}}"),
                tool("{\"index\":0,\"function\":{\"arguments\":\":1}\"}}"),
                finish("tool_calls"));

        assertThat(answer.toolCalls())
                .containsExactly(new ToolCall("a", "f", "{\"x\":1}"), new ToolCall("b", "g", "{}"));
        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void aRepeatedEmptyNameOverwritesNothing() {
        Completion answer = stream(
                tool(
                        "{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}"),
                tool(
                        "{\"index\":0,\"id\":\"\",\"type\":\"function\",\"function\":{\"name\":\"\",\"arguments\":\"}\"}}"),
                finish("stop"));

        assertThat(answer.toolCalls()).containsExactly(new ToolCall("a", "f", "{}"));
        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void aToolCallMayBeginAtIndexOneAndShareTheLastChunk() {
        Completion answer = stream(
                "{\"choices\":[{\"index\":0,\"finish_reason\":\"tool_calls\",\"delta\":{\"content\":\"\",\"tool_calls\":["
                        + "{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"},\"index\":1}]}}],"
                        + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4}}");

        assertThat(answer.toolCalls()).containsExactly(new ToolCall("a", "f", "{}"));
        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(answer.usage()).isEqualTo(Usage.of(9, 4));
    }

    @Test
    void aLaterNullNeverOverwritesUsage() {
        Completion answer = stream(
                delta("{\"content\":\"x\"}"),
                finish("stop"),
                USAGE,
                "{\"choices\":[],\"usage\":null,\"moderation\":{}}");

        assertThat(answer.usage()).isEqualTo(Usage.of(9, 4));
    }

    @Test
    void aRepeatedFinishChunkIsToldOnce() {
        StreamDecoder decoder = decoder("openrouter");

        List<CompletionChunk> chunks = feed(
                decoder,
                delta("{\"content\":\"x\"}"),
                finish("stop"),
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\",\"role\":\"assistant\"},\"finish_reason\":\"stop\"}],"
                        + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"cost\":0.1}}",
                "[DONE]");

        assertThat(chunks).hasSize(3);
        assertThat(chunks.get(1).info()).isEqualTo(ChunkInfo.of(FinishReason.STOP, "stop"));
        assertThat(chunks.get(2).info()).isEqualTo(ChunkInfo.of(Usage.of(9, 4)));
    }

    @Test
    void usageOnEveryChunkIsToldAtTheEnd() {
        StreamDecoder decoder = decoder("vllm");

        List<CompletionChunk> chunks = feed(
                decoder,
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1}}",
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"b\"}}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2}}",
                "[DONE]");

        assertThat(chunks)
                .extracting(CompletionChunk::info)
                .extracting(info -> info == null ? null : info.usage())
                .containsExactly(null, null, Usage.of(9, 2));
    }

    @Test
    void otherChoicesAreIgnored() {
        assertThat(stream(
                        "{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"b\"}},{\"index\":0,\"delta\":{\"content\":\"a\"}}]}",
                        "{\"choices\":[{\"index\":1,\"delta\":{},\"finish_reason\":\"length\"}]}",
                        finish("stop")))
                .extracting(Completion::text, Completion::finishReason)
                .containsExactly("a", FinishReason.STOP);
    }

    @Test
    void aStreamWithNeitherFinishReasonNorTerminatorIsIncomplete() {
        StreamDecoder cut = decoder("openai");
        feed(cut, delta("{\"content\":\"x\"}"));
        StreamDecoder silent = decoder("openai");

        for (StreamDecoder decoder : List.of(cut, silent)) {
            LlmException failure = catchThrowableOfType(LlmException.class, decoder::end);
            assertThat(failure).isInstanceOf(IncompleteStreamException.class);
            assertThat(failure.retryable()).isTrue();
            assertThat(decoder.ended()).isFalse();
        }
    }

    @Test
    void aFinishReasonAndTheBodysEndAreAnEndWithoutTheTerminator() {
        StreamDecoder decoder = decoder("openai");
        feed(decoder, delta("{\"content\":\"x\"}"), finish("stop"));

        assertThat(decoder.end()).isEmpty();
        assertThat(decoder.ended()).isTrue();
    }

    @Test
    void aHostMayBeHeldToItsTerminator() {
        ChatCompletions codec =
                new ChatCompletions(JsonEndpoint.of("local", "/x", Map.of()), Dialect.COMMON.terminator(true));
        StreamDecoder decoder = codec.streamDecoder(REQUEST, response(200, ""));
        feed(decoder, delta("{\"content\":\"x\"}"), finish("stop"));

        assertThat(catchThrowableOfType(IncompleteStreamException.class, decoder::end))
                .hasMessageContaining("option terminator");
    }

    @Test
    void usageBehindTheFinishReasonIsReadWithoutTheTerminator() {
        StreamDecoder decoder = decoder("openai");
        feed(decoder, delta("{\"content\":\"x\"}"), finish("stop"));

        List<CompletionChunk> last = decoder.decode(new WireEvent(
                null, "{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}}"));

        assertThat(last)
                .singleElement()
                .satisfies(chunk -> assertThat(Objects.requireNonNull(
                                        Objects.requireNonNull(chunk.info()).usage())
                                .outputTokens())
                        .isEqualTo(2));
        assertThat(decoder.end()).isEmpty();
    }

    @Test
    void anEmptyStreamIsAnEmptyAnswerAndHasNotEnded() {
        StreamDecoder decoder = decoder("openai");
        feed(decoder, delta("{\"role\":\"assistant\",\"content\":\"\"}"), finish("stop"));

        LlmException failure = catchThrowableOfType(LlmException.class, () -> feed(decoder, "[DONE]"));

        assertThat(failure.code()).isEqualTo("empty_completion");
        assertThat(decoder.ended()).isFalse();
    }

    @Test
    void aFilteredStreamMayBeEmpty() {
        assertThat(stream(delta("{\"content\":\"\"}"), finish("content_filter")).finishReason())
                .isEqualTo(FinishReason.CONTENT_FILTER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":{\"message\":\"Rate limit reached. Please try again in 1.5s\",\"code\":\"rate_limit_exceeded\"}} | RATE_LIMITED | 1500",
                "{\"error\":{\"message\":\"died\",\"type\":\"InternalServerError\",\"code\":500}} | SERVER_ERROR |",
                "{\"id\":\"x\",\"error\":{\"code\":502,\"message\":\"gone\"},\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"error\"}]} | SERVER_ERROR |",
                "{\"type\":\"error\",\"code\":\"server_is_overloaded\",\"message\":\"busy\"} | OVERLOADED |",
                "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}} | OVERLOADED |",
                "{\"error\":\"model runner stopped\"} | SERVER_ERROR |",
                "{\"error\":{\"message\":\"x\",\"type\":\"insufficient_quota\"}} | QUOTA_EXHAUSTED |",
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":\"network_error\"}]} | SERVER_ERROR |",
                "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"insufficient_system_resource\"}]} | OVERLOADED |"
            })
    void anErrorInAStreamIsTheErrorItStandsFor(String event, ErrorCategory category, Long delay) {
        LlmException failure = catchThrowableOfType(LlmException.class, () -> feed(decoder("openai"), event));

        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure.retryable()).isEqualTo(category != ErrorCategory.QUOTA_EXHAUSTED);
        assertThat(failure.retryAfter()).isEqualTo(delay == null ? null : Duration.ofMillis(delay));
        assertThat(failure.details().phase()).isEqualTo(Phase.BODY);
    }

    @Test
    void groqsErrorEventIsAnErrorWhateverItHolds() {
        StreamDecoder decoder = decoder("groq");
        feed(decoder, delta("{\"content\":\"x\"}"));

        LlmException failure = catchThrowableOfType(
                LlmException.class,
                () -> decoder.decode(new WireEvent(
                        "error",
                        "{\"error\":{\"message\":\"Failed to call a function\",\"type\":\"invalid_request_error\",\"code\":\"tool_use_failed\","
                                + "\"failed_generation\":\"<f>secret\",\"status_code\":400}}")));

        assertThat(failure.category()).isEqualTo(ErrorCategory.INVALID_REQUEST);
        assertThat(failure.status()).isEqualTo(400);
        assertThat(failure.details().phase()).isEqualTo(Phase.STREAM);
        assertThat(failure).hasMessageNotContaining("secret");
        assertThat(catchThrowableOfType(
                                LlmException.class,
                                () -> decoder("groq").decode(new WireEvent("error", "upstream is overloaded")))
                        .category())
                .isEqualTo(ErrorCategory.OVERLOADED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"choices\":[", "not json", "<html>"})
    void anEventThatNobodyCanReadIsMalformed(String event) {
        LlmException failure = catchThrowableOfType(LlmException.class, () -> feed(decoder("openai"), event));

        assertThat(failure.category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
        assertThat(failure.retryable()).isTrue();
    }

    private static String tool(String fragment) {
        return delta("{\"tool_calls\":[" + fragment + "]}");
    }
}
