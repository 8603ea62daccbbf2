package io.aicore.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.StreamDecoder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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

    private static String tool(String fragment) {
        return delta("{\"tool_calls\":[" + fragment + "]}");
    }
}
