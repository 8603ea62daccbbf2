package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.RequestOptions;
import io.aicore.llm.error.DeadlineExceededException;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.MalformedResponseException;
import io.aicore.llm.tools.ToolLoop;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The deadline of a tool loop, and what leaving it ends. */
class ToolLoopDeadlineTest extends ToolLoopBench {

    @Test
    void eachCallHasWhatIsLeftOfTheDeadline() {
        asks("echo", "{}");
        provider.answers("done");

        success(loop().deadline(Duration.ofSeconds(50))
                .tool(ECHO, call -> Mono.delay(Duration.ofSeconds(20), time).map(String::valueOf))
                .run("go"));

        assertThat(provider.requests)
                .extracting(request -> request.overrides().deadline())
                .containsExactly(Duration.ofSeconds(50), Duration.ofSeconds(30));
    }

    @Test
    void aShorterDeadlineOfTheRequestOrOfItsRetryCounts() {
        provider.answers("one").answers("two").answers("three");

        success(loop().run(CompletionRequest.builder()
                .user("go")
                .deadline(Duration.ofSeconds(7))
                .build()));
        success(loop().run(CompletionRequest.builder()
                .user("go")
                .retrySettings(retry -> retry.deadline(Duration.ofSeconds(5)))
                .build()));
        success(loop().run(CompletionRequest.builder()
                .user("go")
                .overrides(RequestOptions.NONE.retrySettings(EXACT.deadline(Duration.ofSeconds(3))))
                .build()));

        assertThat(provider.requests)
                .extracting(request -> request.overrides().deadline())
                .containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(5), Duration.ofSeconds(3));
    }

    @Test
    void toolsThatTakeTooLongEndTheLoop() {
        AtomicInteger cancels = new AtomicInteger();
        asks("echo", "{}");

        LlmException failure = failure(loop().deadline(Duration.ofSeconds(5))
                .tool(ECHO, call -> Mono.<String>never().doOnCancel(cancels::incrementAndGet))
                .run("go"));

        assertThat(failure)
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessageContaining("tool loop deadline of 5 s exceeded in the tools of round 1");
        assertThat(failure.conversation()).hasSize(2);
        assertThat(Objects.requireNonNull(failure.partial()).toolCalls()).hasSize(1);
        assertThat(cancels.get()).isEqualTo(1);
    }

    @Test
    void aCallThatTakesTooLongEndsWithTheProvidersOwnStory() {
        asks("echo", "{}");
        AtomicInteger cancels = new AtomicInteger();
        provider.then(Flux.<CompletionChunk>never().doOnCancel(cancels::incrementAndGet));

        LlmException failure = failure(echoing().deadline(Duration.ofSeconds(5)).run("go"));

        assertThat(failure).isInstanceOf(DeadlineExceededException.class);
        assertThat(failure.history()).isNotNull();
        assertThat(failure.conversation()).hasSize(3);
        assertThat(cancels.get()).isEqualTo(1);
    }

    @Test
    void aToolThatEndsAtTheDeadlineLeavesNothingForTheNextRound() {
        asks("echo", "{}");

        LlmException failure = failure(loop().deadline(Duration.ofSeconds(5))
                .tool(
                        ECHO,
                        call -> Mono.fromSupplier(() -> {
                            provider.time.advanceTimeBy(Duration.ofSeconds(5));
                            return "late";
                        }))
                .run("go"));

        assertThat(failure).isInstanceOf(DeadlineExceededException.class);
        assertThat(provider.requests).hasSize(1);
    }

    @Test
    void aProviderThatHeedsNoDeadlineIsEndedASecondLater() {
        AtomicInteger cancels = new AtomicInteger();
        Foreign foreign = new Foreign(Mono.<Completion>never().doOnCancel(cancels::incrementAndGet));

        StepVerifier.withVirtualTime(
                        () -> ToolLoop.of(foreign)
                                .scheduler(time)
                                .deadline(Duration.ofSeconds(5))
                                .run("go"),
                        () -> provider.time,
                        Long.MAX_VALUE)
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(6))
                .expectErrorSatisfies(failure -> assertThat(failure)
                        .isInstanceOf(DeadlineExceededException.class)
                        .hasMessageContaining("in round 1"))
                .verify();
        assertThat(cancels.get()).isEqualTo(1);
    }

    @Test
    void aProviderWithoutAnAnswerEndsTheLoop() {
        assertThat(failure(
                        ToolLoop.of(new Foreign(Mono.empty())).scheduler(time).run("go")))
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageContaining("returned no answer");
    }

    /** A provider from elsewhere, which knows nothing of deadlines. */
    private record Foreign(Mono<Completion> answer) implements LlmProvider {

        @Override
        public String name() {
            return "foreign";
        }

        @Override
        public Mono<Completion> complete(CompletionRequest request) {
            return answer;
        }

        @Override
        public Flux<CompletionChunk> stream(CompletionRequest request) {
            return Flux.empty();
        }
    }

    @Test
    void cancellingLetsGoOfTheCallAndOfTheTools() {
        AtomicInteger cancels = new AtomicInteger();
        provider.then(Flux.<CompletionChunk>never().doOnCancel(cancels::incrementAndGet));
        ToolLoop loop = loop().tool(ECHO, call -> Mono.<String>never().doOnCancel(cancels::incrementAndGet));

        Disposable inCall = loop.run("go").subscribe();
        inCall.dispose();
        asks("echo", "{}", "{}");
        Disposable inTools = loop.run("go").subscribe();
        inTools.dispose();
        provider.time.advanceTimeBy(Duration.ofHours(1));

        assertThat(cancels.get()).isEqualTo(3);
        assertThat(provider.requests).hasSize(2);
    }
}
