package io.aicore.llm.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.codec.json.Surrogates;
import io.aicore.llm.codec.wire.WireEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class WholeCharactersTest {

    private static final WireEvent EVENT = new WireEvent(null, "{}");

    /** Gives one of these chunks per event. */
    private static StreamDecoder giving(CompletionChunk... chunks) {
        Queue<CompletionChunk> left = new ArrayDeque<>(List.of(chunks));
        return WholeCharacters.in(new StreamDecoder() {
            @Override
            public List<CompletionChunk> decode(WireEvent event) {
                return List.of(left.remove());
            }

            @Override
            public boolean ended() {
                return left.isEmpty();
            }

            @Override
            public List<CompletionChunk> end() {
                return List.of();
            }
        });
    }

    private static List<CompletionChunk> all(CompletionChunk... chunks) {
        StreamDecoder decoder = giving(chunks);
        List<CompletionChunk> all = new ArrayList<>();
        for (CompletionChunk ignored : chunks) {
            all.addAll(decoder.decode(EVENT));
        }
        all.addAll(decoder.end());
        return all;
    }

    private static Completion fold(List<CompletionChunk> chunks) {
        return Completion.from(Flux.fromIterable(chunks)).block();
    }

    private static CompletionChunk call(int index, String id, String arguments) {
        return new CompletionChunk("", "", "", List.of(new ToolCallDelta(index, id, id, arguments)), null, Map.of());
    }

    private static CompletionChunk refusal(String words) {
        return new CompletionChunk("", "", words, List.of(), null, Map.of());
    }

    @Test
    void aHalfWaitsForItsOtherOne() {
        List<CompletionChunk> chunks = all(CompletionChunk.text("a\ud83d"), CompletionChunk.text("\ude00b"));

        assertThat(chunks).extracting(CompletionChunk::text).containsExactly("a", "😀b");
    }

    @Test
    void aHalfAloneIsNoChunkUntilTheOtherOneCame() {
        List<CompletionChunk> chunks = all(
                CompletionChunk.text("\ud83d"),
                CompletionChunk.of(ChunkInfo.of("id", "m")),
                CompletionChunk.text("\ude00"));

        assertThat(chunks).extracting(CompletionChunk::text).containsExactly("", "😀");
        assertThat(chunks.get(0).info()).isEqualTo(ChunkInfo.of("id", "m"));
    }

    @Test
    void eachKindOfTextWaitsForItsOwn() {
        Completion answer = fold(all(
                CompletionChunk.reasoning("r\ud83d"),
                CompletionChunk.text("t\ud83d"),
                refusal("n\ud83d"),
                CompletionChunk.reasoning("\ude01"),
                CompletionChunk.text("\ude02"),
                refusal("\ude03")));

        assertThat(answer.reasoning()).isEqualTo("r😁");
        assertThat(answer.text()).isEqualTo("t😂");
        assertThat(answer.refusal()).isEqualTo("n😃");
    }

    @Test
    void eachCallsArgumentsWaitForTheirOwn() {
        List<CompletionChunk> chunks = all(
                call(0, "a", "{\"x\":\"\ud83d"),
                call(1, "b", "\ud83d"),
                call(0, null, "\ude00\"}"),
                call(1, null, "\ude01"));

        assertThat(fold(chunks).toolCalls())
                .containsExactly(new ToolCall("a", "a", "{\"x\":\"😀\"}"), new ToolCall("b", "b", "😁"));
        assertThat(chunks).hasSize(4);
    }

    @Test
    void aHalfThatStaysAloneIsReplaced() {
        assertThat(fold(all(CompletionChunk.text("a\ud83d"), CompletionChunk.text("b\ude00c")))
                        .text())
                .isEqualTo("a\ufffdb\ufffdc");
        Completion cut = fold(all(
                CompletionChunk.text("a\ud83d"),
                CompletionChunk.reasoning("r\ud83d"),
                call(0, "a", "{\ud83d"),
                CompletionChunk.of(ChunkInfo.of(FinishReason.LENGTH, "length"))));
        assertThat(cut.text()).isEqualTo("a\ufffd");
        assertThat(cut.reasoning()).isEqualTo("r\ufffd");
        assertThat(cut.toolCalls()).containsExactly(new ToolCall("a", "a", "{\ufffd"));
    }

    @Test
    void wholeTextStaysAsItIs() {
        String text = "Grüße, 世界 🌍👩‍👩‍👧";
        assertThat(Surrogates.whole(text)).isSameAs(text);
        assertThat(Surrogates.whole("\ude00\ud83d")).isEqualTo("\ufffd\ufffd");
        assertThat(all(CompletionChunk.text(text))).containsExactly(CompletionChunk.text(text));
    }

    @Test
    void aWholeAnswersHalvesAreReplaced() {
        Completion answer = Completion.of("t\ud83d")
                .id("id")
                .model("m")
                .toolCalls(List.of(new ToolCall("a", "n", "\ud83d")))
                .reasoning("r\ud83d")
                .finish(FinishReason.STOP, "stop")
                .extra(Map.of("x", 1));

        assertThat(WholeCharacters.in(answer))
                .isEqualTo(answer.text("t\ufffd")
                        .toolCalls(List.of(new ToolCall("a", "n", "\ufffd")))
                        .reasoning("r\ufffd"));
    }
}
