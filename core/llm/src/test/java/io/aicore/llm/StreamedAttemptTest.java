package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.error.LlmTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class StreamedAttemptTest {

    private static final CompletionChunk NAMED =
            CompletionChunk.of(new ChunkInfo("id-1", "model-1", null, null, null, null));

    @Test
    void eachChunkAndTheMetadataAfterThemNeedDemand() {
        ScriptedProvider provider = ScriptedProvider.create().answers("a", "b");

        StepVerifier.create(provider.stream("hello"), 0)
                .thenRequest(1)
                .assertNext(chunk -> assertThat(chunk.text()).isEqualTo("a"))
                .thenRequest(1)
                .assertNext(chunk -> assertThat(chunk.text()).isEqualTo("b"))
                .thenRequest(1)
                .assertNext(chunk -> assertThat(chunk.info()).isNotNull())
                .verifyComplete();
    }

    @Test
    void aChunkThatIsHeldBackUsesUpNoDemand() {
        ScriptedProvider provider = ScriptedProvider.create().then(Flux.just(NAMED, NAMED, CompletionChunk.text("a")));

        StepVerifier.create(provider.stream("hello"), 1)
                .assertNext(chunk -> {
                    assertThat(chunk.text()).isEqualTo("a");
                    assertThat(chunk.info()).extracting(ChunkInfo::id).isEqualTo("id-1");
                })
                .thenRequest(1)
                .expectNextCount(1)
                .verifyComplete();
    }

    @Test
    void whatComesAfterTheWaitForContentIsDropped() {
        TestPublisher<CompletionChunk> source =
                TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        ScriptedProvider provider = ScriptedProvider.create(config -> config.timeouts(
                        timeouts -> timeouts.firstToken(Duration.ofSeconds(60)).firstContent(Duration.ofSeconds(3))))
                .then(source.flux());
        AtomicReference<@Nullable CompletionChunk> emitted = new AtomicReference<>();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        provider.stream("hello").subscribe(emitted::set, failure::set);
        source.next(NAMED);
        provider.time.advanceTimeBy(Duration.ofSeconds(3));
        source.next(CompletionChunk.text("late")).complete();

        assertThat(failure.get()).isInstanceOf(LlmTimeoutException.class).hasMessageContaining("firstContentTimeout");
        assertThat(emitted).hasValue(null);
        source.assertCancelled();
    }
}
