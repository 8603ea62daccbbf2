package io.aicore.llm;

import static io.aicore.llm.ScriptedProvider.failure;
import static io.aicore.llm.ScriptedProvider.overloaded;
import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.error.DeadlineExceededException;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.LlmTimeoutException;
import io.aicore.llm.error.OverloadedException;
import io.aicore.llm.http.Timeouts;
import io.aicore.retry.GiveUpReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Deadline, retry settings and defaults of one call. */
class CallSettingsTest extends PipelineCalls {

    @Test
    void aWaitPastTheDeadlineIsNotBegun() {
        ScriptedProvider provider = ScriptedProvider.create(
                        config -> config.retrySettings(EXACT.deadline(Duration.ofMillis(1500))))
                .fails(overloaded())
                .fails(overloaded());

        LlmException failure = failureOf(provider, Duration.ofSeconds(1));

        assertThat(failure).isInstanceOf(OverloadedException.class);
        assertThat(failure.reason()).isEqualTo(GiveUpReason.DEADLINE);
        assertThat(provider.attempts).hasSize(2);
    }

    @Test
    void theDeadlineEndsAnAttemptInFlight() {
        ScriptedProvider provider = ScriptedProvider.create(
                        config -> config.retrySettings(EXACT.deadline(Duration.ofSeconds(2))))
                .then(Flux.never());

        LlmException failure = failureOf(provider, Duration.ofSeconds(2));

        assertThat(failure).isInstanceOf(DeadlineExceededException.class);
        assertThat(failure.category()).isEqualTo(ErrorCategory.TIMEOUT);
        assertThat(failure.reason()).isEqualTo(GiveUpReason.DEADLINE);
        assertThat(provider.cancels).isEqualTo(1);
    }

    @Test
    void withoutADeadlineOfItsOwnACallHasTenMinutes() {
        ScriptedProvider provider = ScriptedProvider.create().then(Flux.never());

        assertThat(provider.config().retrySettings().deadline()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void aCallsOwnDeadlineWins() {
        ScriptedProvider provider = provider().then(Flux.never());
        CompletionRequest request = CompletionRequest.builder()
                .user("hello")
                .deadline(Duration.ofMillis(200))
                .build();

        StepVerifier.withVirtualTime(() -> provider.complete(request), () -> provider.time, Long.MAX_VALUE)
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(199))
                .thenAwait(Duration.ofMillis(1))
                .verifyError(DeadlineExceededException.class);
    }

    @Test
    void aCallsOwnRetrySettingsWin() {
        ScriptedProvider provider = provider().fails(overloaded());
        CompletionRequest request = CompletionRequest.builder()
                .user("hello")
                .retrySettings(EXACT.maxRetries(0))
                .build();

        StepVerifier.create(provider.complete(request)).verifyError(OverloadedException.class);
        assertThat(provider.attempts).hasSize(1);
    }

    @Test
    void theRequestIsCompletedByTheConfiguration() {
        ScriptedProvider provider = ScriptedProvider.create(
                        config -> config.temperature(0.3).maxTokens(50))
                .answers("hi");

        StepVerifier.create(provider.complete("hello")).expectNextCount(1).verifyComplete();

        CompletionRequest sent = provider.requests.get(0);
        assertThat(sent.model()).isEqualTo("model-1");
        assertThat(sent.sampling().temperature()).isEqualTo(0.3);
        assertThat(sent.sampling().maxTokens()).isEqualTo(50);
    }

    @Test
    void newSettingsApplyToNewCalls() {
        ScriptedProvider provider = provider().fails(overloaded()).answers("hi").fails(overloaded());
        Mono<Completion> inFlight = provider.complete("hello");
        StepVerifier.create(inFlight)
                .then(() -> provider.retrySettings(EXACT.maxRetries(0)))
                .then(() -> provider.time.advanceTimeBy(Duration.ofSeconds(1)))
                .expectNextCount(1)
                .verifyComplete();

        StepVerifier.create(provider.complete("hello")).verifyError(OverloadedException.class);
    }

    @Test
    void newTimeoutsApplyToNewCalls() {
        ScriptedProvider provider = provider().then(Flux.never());
        provider.retrySettings(EXACT.maxRetries(0));
        provider.timeouts(Timeouts.defaults().attempt(Duration.ofSeconds(5)));

        call(provider)
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(4_999))
                .thenAwait(Duration.ofMillis(1))
                .verifyError(LlmTimeoutException.class);
    }
}
