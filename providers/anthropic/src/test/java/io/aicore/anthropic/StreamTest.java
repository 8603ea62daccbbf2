package io.aicore.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.error.IncompleteStreamException;
import io.aicore.llm.error.LlmException;
import org.junit.jupiter.api.Test;

class StreamTest extends Fixtures {

    private static final String TOOL = "{\"type\":\"tool_use\",\"id\":\"t-1\",\"name\":\"weather\",\"input\":{}}";

    @Test
    void readsAStream() {
        StreamDecoder decoder = decoder();

        assertThat(feed(decoder, hello()))
                .containsExactly(
                        CompletionChunk.text("Hel")
                                .info(new ChunkInfo(
                                        "msg_1", "claude-haiku-4-5-dated", null, null, new Usage(9, 1, 2, 0, 0), null)),
                        CompletionChunk.text("lo"),
                        CompletionChunk.of(new ChunkInfo(
                                null, null, FinishReason.STOP, "end_turn", new Usage(9, 4, 2, 0, 0), null)));
        assertThat(decoder.ended()).isTrue();
        assertThat(decoder.end()).isEmpty();
        assertThat(feed(decoder, START, error("api_error", "late"))).isEmpty();
    }

    @Test
    void eventsWithoutNewsGiveNoChunk() {
        assertThat(feed(
                        decoder(),
                        "{}",
                        PING,
                        START,
                        PING,
                        open(0, text("")),
                        grow(0, "text_delta", "text", ""),
                        grow(0, "of_tomorrow", "x", "y"),
                        open(1, "{\"type\":\"of_tomorrow\"}"),
                        close(1),
                        close(9),
                        "{\"type\":\"of_tomorrow\",\"x\":1}"))
                .isEmpty();
        assertThat(decoder().decode(new WireEvent("ping", ""))).isEmpty();
    }

    @Test
    void laterUsageReplacesEarlier() {
        Completion answer = stream(
                START,
                open(0, text("x")),
                close(0),
                "{\"type\":\"message_delta\",\"delta\":{},\"usage\":{\"input_tokens\":20,\"output_tokens\":3}}",
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"stop_sequence\"},\"usage\":{\"output_tokens\":8,"
                        // Gateways write zeros where they do not count.
                        + "\"input_tokens\":0,\"cache_creation_input_tokens\":5,\"output_tokens_details\":{\"thinking_tokens\":6}}}",
                STOP);

        assertThat(answer.usage()).isEqualTo(new Usage(27, 8, 2, 5, 6));
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP_SEQUENCE);
        assertThat(answer.text()).isEqualTo("x");
    }

    @Test
    void readsToolCalls() {
        Completion answer = stream(
                START,
                open(0, text("")),
                grow(0, "text_delta", "text", "I look."),
                close(0),
                open(1, TOOL),
                grow(1, "input_json_delta", "partial_json", ""),
                grow(1, "input_json_delta", "partial_json", "{\\\"city\\\":"),
                grow(1, "input_json_delta", "partial_json", " \\\"Bern\\\"}"),
                close(1),
                open(2, TOOL.replace("t-1", "t-2").replace("weather", "now")),
                grow(2, "input_json_delta", "partial_json", ""),
                close(2),
                open(3, TOOL.replace("t-1", "t-3").replace("{}", "{\"city\":\"Rome\"}")),
                close(3),
                finish("tool_use"),
                STOP);

        assertThat(answer.toolCalls())
                .containsExactly(
                        new ToolCall("t-1", "weather", "{\"city\": \"Bern\"}"),
                        new ToolCall("t-2", "now", "{}"),
                        new ToolCall("t-3", "weather", "{\"city\":\"Rome\"}"));
        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(answer.extra()).isEmpty();
    }

    @Test
    void thinkingGoesBackWithItsSignature() {
        Completion answer = stream(
                START,
                open(0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"),
                grow(0, "thinking_delta", "thinking", "be"),
                grow(0, "thinking_delta", "thinking", "cause"),
                grow(0, "signature_delta", "signature", "sig=="),
                close(0),
                open(1, "{\"type\":\"redacted_thinking\",\"data\":\"xyz\"}"),
                close(1),
                open(2, TOOL),
                grow(2, "input_json_delta", "partial_json", "{\\\"city\\\":\\\"Bern\\\"}"),
                close(2),
                finish("tool_use"),
                STOP);

        assertThat(answer.reasoning()).isEqualTo("because");
        assertJson(
                encode(REQUEST.toBuilder().message(answer.message()))
                        .at("messages")
                        .at(1)
                        .at("content"),
                "[" + DecodingTest.THOUGHT + "," + DecodingTest.CALL + "]");
    }

    @Test
    void blocksOfToolsOnTheServerAndQuotesGoBackToo() {
        String search = "{\"type\":\"server_tool_use\",\"id\":\"s-1\",\"name\":\"web_search\",\"input\":{}}";
        Completion answer = stream(
                START,
                open(0, search),
                grow(0, "input_json_delta", "partial_json", "{\\\"q\\\":1}"),
                close(0),
                open(1, text("")),
                grow(1, "text_delta", "text", "so"),
                "{\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"citations_delta\",\"citation\":{\"n\":3}}}",
                close(1),
                open(2, search.replace("s-1", "s-2")),
                grow(2, "input_json_delta", "partial_json", "{\\\"cut"),
                finish("pause_turn"),
                STOP);

        assertJson(
                encode(REQUEST.toBuilder().message(answer.message()))
                        .at("messages")
                        .at(1)
                        .at("content"),
                "[" + search.replace("{}", "{\"q\":1}")
                        + ",{\"type\":\"text\",\"text\":\"so\",\"citations\":[{\"n\":3}]},"
                        + search.replace("s-1", "s-2") + "]");
        assertThat(answer.toolCalls()).isEmpty();
        assertThat(answer.finishReason()).isEqualTo(FinishReason.PAUSE);
    }

    @Test
    void aRefusalNeedsNoBlock() {
        Completion answer = stream(
                START,
                PING,
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"refusal\",\"stop_details\":"
                        + "{\"type\":\"refusal\",\"explanation\":\"Not this.\"}},\"usage\":{\"output_tokens\":5}}",
                STOP);

        assertThat(answer.refusal()).isEqualTo("Not this.");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.REFUSAL);
        assertThat(answer.usage().outputTokens()).isEqualTo(5);
        assertThat(stream(START, finish("refusal"), STOP).refusal()).isNull();
    }

    @Test
    void aMessageBegunAnewBeforeAnyWordReplacesTheFirst() {
        Completion answer = stream(
                START,
                open(0, text("")),
                START.replace("msg_1", "msg_2"),
                open(0, text("")),
                START.replace("msg_1", "msg_2"),
                grow(0, "text_delta", "text", "x"),
                close(0),
                finish("end_turn"),
                STOP);

        assertThat(answer.id()).isEqualTo("msg_2");
        assertThat(answer.text()).isEqualTo("x");
    }

    @Test
    void aMessageBegunAnewAfterWordsIsAnError() {
        LlmException failure = failure(decoder(), START, open(0, text("some")), START.replace("msg_1", "msg_2"));

        assertThat(failure).isInstanceOf(IncompleteStreamException.class).hasMessageContaining("began another");
    }

    @Test
    void aDeltasKindDecidesAndNotItsBlocks() {
        Completion answer = stream(
                START,
                open(0, text("")),
                grow(0, "thinking_delta", "thinking", "hm"),
                grow(0, "signature_delta", "signature", "s"),
                grow(0, "text_delta", "text", "Hel"),
                close(0),
                open(1, "{\"type\":\"thinking\",\"thinking\":\"\"}"),
                grow(1, "text_delta", "text", "lo"),
                close(1),
                finish("end_turn"),
                STOP);

        assertThat(answer.text()).isEqualTo("Hello");
        assertThat(answer.reasoning()).isEqualTo("hm");
        assertThat(answer.extra().get(Blocks.KEPT))
                .isEqualTo(Json.read("[{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"s\"}," + text("Hel")
                                + "," + text("lo") + "]")
                        .plain());
    }

    @Test
    void aDeltaWithoutABlockBeginsOne() {
        Completion answer = stream(
                START,
                grow(0, "thinking_delta", "thinking", "hm"),
                grow(1, "text_delta", "text", "Hello"),
                grow(2, "input_json_delta", "partial_json", "{}"),
                finish("tool_use"),
                STOP);

        assertThat(answer.text()).isEqualTo("Hello");
        assertThat(answer.reasoning()).isEqualTo("hm");
        assertThat(answer.toolCalls()).containsExactly(new ToolCall("call_0", "", "{}"));
    }

    @Test
    void anIndexThatIsUsedAgainBeginsAnotherBlock() {
        Completion answer = stream(
                START,
                open(0, text("")),
                grow(0, "text_delta", "text", "one "),
                open(0, TOOL),
                open(0, TOOL.replace("t-1", "t-2")),
                grow(0, "text_delta", "text", "two"),
                grow(0, "input_json_delta", "partial_json", "{\\\"a\\\":1}"),
                finish("tool_use"),
                STOP);

        assertThat(answer.text()).isEqualTo("one two");
        assertThat(answer.toolCalls())
                .containsExactly(new ToolCall("t-1", "weather", "{}"), new ToolCall("t-2", "weather", "{\"a\":1}"));
    }
}
