package io.aicore.llm.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class CompletionFoldTest {

    private static CompletionChunk call(int index, String id, String name, String arguments) {
        return new CompletionChunk("", "", "", List.of(new ToolCallDelta(index, id, name, arguments)), null, Map.of());
    }

    @Test
    void chunksAddUpToTheAnswer() {
        Flux<CompletionChunk> chunks = Flux.just(
                CompletionChunk.text("Hel").info(ChunkInfo.of("id-1", "model-1")),
                CompletionChunk.reasoning("hmm"),
                CompletionChunk.text("lo"),
                CompletionChunk.of(ChunkInfo.of(FinishReason.LENGTH, "length")),
                CompletionChunk.of(ChunkInfo.of(Usage.of(3, 2))));

        StepVerifier.create(Completion.from(chunks))
                .assertNext(answer -> {
                    assertThat(answer.text()).isEqualTo("Hello");
                    assertThat(answer.reasoning()).isEqualTo("hmm");
                    assertThat(answer.id()).isEqualTo("id-1");
                    assertThat(answer.model()).isEqualTo("model-1");
                    assertThat(answer.finishReason()).isEqualTo(FinishReason.LENGTH);
                    assertThat(answer.usage()).isEqualTo(Usage.of(3, 2));
                })
                .verifyComplete();
    }

    @Test
    void fragmentsOfInterleavedCallsAreJoinedByIndex() {
        CompletionFold fold = new CompletionFold();
        fold.add(call(0, "a", "sum", ""));
        fold.add(call(1, "b", "product", "{\"x\""));
        fold.add(call(0, null, null, "{}"));
        fold.add(call(1, "", "", ":1}"));

        assertThat(fold.completion().toolCalls())
                .containsExactly(new ToolCall("a", "sum", "{}"), new ToolCall("b", "product", "{\"x\":1}"));
    }

    @Test
    void usageOnceKnownIsNotForgotten() {
        CompletionFold fold = new CompletionFold();
        fold.add(CompletionChunk.of(ChunkInfo.of(Usage.of(3, 2))));
        fold.add(CompletionChunk.of(ChunkInfo.of(FinishReason.STOP, "stop")));

        assertThat(fold.completion().usage()).isEqualTo(Usage.of(3, 2));
    }

    @Test
    void theStreamsErrorIsPassedOn() {
        Flux<CompletionChunk> broken =
                Flux.concat(Flux.just(CompletionChunk.text("x")), Flux.error(new IllegalStateException("broken")));

        StepVerifier.create(Completion.from(broken)).verifyErrorMessage("broken");
    }

    @Test
    void anAnswerGoesBackIntoTheConversation() {
        CompletionFold fold = new CompletionFold();
        fold.add(CompletionChunk.text("calling"));
        fold.add(call(0, "a", "sum", "{}"));

        Message turn = fold.completion().message();

        assertThat(turn.role()).isEqualTo(Role.ASSISTANT);
        assertThat(turn.text()).isEqualTo("calling");
        assertThat(turn.toolCalls()).hasSize(1);
    }
}
