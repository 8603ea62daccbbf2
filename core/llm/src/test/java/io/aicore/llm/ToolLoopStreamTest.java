package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.tools.ToolLoopEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** The tool loop as a stream of events. */
class ToolLoopStreamTest extends ToolLoopBench {

    @Test
    void streamsTheChunksOfAllRounds() {
        asks("echo", "{}");
        provider.answers("do", "ne");

        List<ToolLoopEvent> events = new ArrayList<>();
        StepVerifier.create(echoing().stream("go"))
                .recordWith(() -> events)
                .thenConsumeWhile(event -> true)
                .verifyComplete();

        List<String> told = new ArrayList<>();
        for (ToolLoopEvent event : events) {
            if (event instanceof ToolLoopEvent.Chunk chunk && chunk.chunk().hasContent()) {
                told.add(chunk.round() + ":" + chunk.chunk().text());
            } else if (event instanceof ToolLoopEvent.ToolAnswered answered) {
                told.add(answered.round() + ":" + answered.call().name() + " "
                        + answered.answer().text());
            } else if (event instanceof ToolLoopEvent.Finished finished) {
                told.add("end " + finished.result().completion().text() + " "
                        + finished.result().usage());
            }
        }
        assertThat(told).containsExactly("1:", "1:echo echo {}", "2:do", "2:ne", "end done " + Usage.of(10, 1));
        assertThat(provider.requests.get(1).messages().get(1).extra()).containsEntry("signature", "s");
    }

    @Test
    void aStreamThatBreaksKeepsItsOwnPartOfTheAnswer() {
        asks("echo", "{}");
        provider.then(Flux.concat(Flux.just(CompletionChunk.text("half")), Flux.error(ScriptedProvider.overloaded())));

        StepVerifier.create(echoing().stream("go"))
                .thenConsumeWhile(event -> true)
                .consumeErrorWith(error -> {
                    LlmException failure = (LlmException) error;
                    assertThat(failure.partialText()).isEqualTo("half");
                    assertThat(failure.conversation()).hasSize(3);
                })
                .verify();
    }

    @Test
    void demandOfOneTakesOneEvent() {
        asks("echo", "{}");
        provider.answers("done");

        StepVerifier.create(echoing().stream("go"), 1)
                .expectNextCount(1)
                .expectNoEvent(Duration.ZERO)
                .thenCancel()
                .verify();

        assertThat(provider.requests).hasSize(1);
    }
}
