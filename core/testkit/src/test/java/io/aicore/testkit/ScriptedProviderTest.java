package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.error.ClientErrorException;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.InvalidRequestException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class ScriptedProviderTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Scheduler scheduler = time;
    private final ScriptedProvider llm = ScriptedProvider.create(config -> config.scheduler(scheduler));

    @Test
    void aFailureIsRetriedAfterTheServersDelay() {
        llm.fails(ScriptedProvider.failure(ErrorCategory.RATE_LIMITED, 429, Duration.ofSeconds(7)))
                .answers("Hel", "lo");

        StepVerifier.create(llm.complete("hello?"))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(6_999)))
                .then(() -> assertThat(llm.requests()).hasSize(1))
                // The gate adds up to a quarter to the server's delay.
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(2)))
                .assertNext(answer -> {
                    assertThat(answer.text()).isEqualTo("Hello");
                    assertThat(attempts(answer)).isEqualTo(2);
                })
                .verifyComplete();

        assertThat(llm.requests())
                .extracting(request -> request.messages().get(0).text())
                .containsExactly("hello?", "hello?");
    }

    @Test
    void aStreamIsTheSameScript() {
        llm.answers("Hel", "lo");

        StepVerifier.create(llm.stream("hello?").map(CompletionChunk::text).filter(text -> !text.isEmpty()))
                .expectNext("Hel", "lo")
                .verifyComplete();
    }

    @Test
    void aFailureThatStaysIsNotRetried() {
        llm.fails(ScriptedProvider.failure(ErrorCategory.INVALID_REQUEST, 400, null));

        StepVerifier.create(llm.complete("hello?")).verifyError(InvalidRequestException.class);

        assertThat(llm.requests()).hasSize(1);
    }

    @Test
    void anAttemptBeyondTheScriptFails() {
        StepVerifier.create(llm.complete("hello?"))
                .verifyErrorSatisfies(failure -> assertThat(failure)
                        .isInstanceOf(ClientErrorException.class)
                        .hasRootCauseMessage("attempt 1: not scripted (expected: one more line of the script)"));
    }

    @Test
    void anAttemptThatIsLeftIsCounted() {
        llm.then(Flux.never());

        Disposable call = llm.complete("hello?").subscribe();
        assertThat(llm.cancelled()).isZero();
        call.dispose();

        assertThat(llm.cancelled()).isEqualTo(1);
    }

    private static int attempts(Completion answer) {
        return Objects.requireNonNull(answer.provenance()).attempts();
    }
}
