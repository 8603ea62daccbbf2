package io.aicore.llm;

import static io.aicore.llm.ScriptedProvider.failure;
import static io.aicore.llm.ScriptedProvider.overloaded;
import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Provenance;
import io.aicore.llm.error.AuthenticationException;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.LlmTimeoutException;
import io.aicore.llm.error.OverloadedException;
import io.aicore.llm.error.QuotaExhaustedException;
import io.aicore.llm.error.RateLimitedException;
import io.aicore.llm.http.Timeouts;
import io.aicore.retry.Attempt;
import io.aicore.retry.FailedAttempt;
import io.aicore.retry.GiveUpReason;
import io.aicore.retry.RetryOnFailure;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** The road of a plain completion. */
class PipelineTest extends PipelineCalls {

    @Test
    void retriesAfterTheBackoffAndSaysHowTheAnswerCame() {
        ScriptedProvider provider =
                provider().fails(overloaded()).fails(overloaded()).answers("hi");

        call(provider)
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(3))
                .assertNext(answer -> {
                    Provenance provenance = Objects.requireNonNull(answer.provenance());
                    assertThat(answer.text()).isEqualTo("hi");
                    assertThat(provenance.provider()).isEqualTo("scripted");
                    assertThat(provenance.attempts()).isEqualTo(3);
                    assertThat(provenance.waited()).isEqualTo(Duration.ofSeconds(3));
                    assertThat(provenance.latency()).isEqualTo(Duration.ofSeconds(3));
                    assertThat(provenance.failures()).hasSize(2);
                })
                .verifyComplete();
        assertThat(provider.attempts).extracting(Attempt::number).containsExactly(1, 2, 3);
        assertThat(provider.attempts)
                .extracting(Attempt::callId)
                .containsOnly(provider.attempts.get(0).callId());
    }

    @Test
    void theLastFailureItselfReachesTheCallerWithTheHistory() {
        ScriptedProvider provider = provider()
                .fails(failure(ErrorCategory.RATE_LIMITED, 429, true, Duration.ofSeconds(1)))
                .fails(overloaded())
                .fails(overloaded())
                .fails(overloaded());

        LlmException failure = failureOf(provider, Duration.ofSeconds(10));

        assertThat(failure).isInstanceOf(OverloadedException.class);
        assertThat(failure.reason()).isEqualTo(GiveUpReason.RETRIES_EXHAUSTED);
        assertThat(failure.attempts()).extracting(FailedAttempt::number).containsExactly(1, 2, 3, 4);
        FailedAttempt first = failure.attempts().get(0);
        assertThat(first.failure().category()).isEqualTo("rate_limited");
        assertThat(first.failure().status()).isEqualTo(429);
        assertThat(first.failure().requestId()).isEqualTo("req-429");
        assertThat(first.failure().phase()).isEqualTo("first_byte");
        assertThat(first.failure().retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(Objects.requireNonNull(first.delay())).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(first.delayWhy()).contains("server asked for 1 s");
        assertThat(failure.getSuppressed()).anyMatch(RateLimitedException.class::isInstance);
    }

    @Test
    void anExhaustedQuotaIsAskedOnce() {
        ScriptedProvider provider =
                provider().fails(failure(ErrorCategory.QUOTA_EXHAUSTED, 429, false, Duration.ofSeconds(1)));

        LlmException failure = failureOf(provider, Duration.ZERO);

        assertThat(failure).isInstanceOf(QuotaExhaustedException.class);
        assertThat(failure.reason()).isEqualTo(GiveUpReason.NOT_RETRYABLE);
        assertThat(provider.attempts).hasSize(1);
    }

    @Test
    void aRetryAfterBeyondWhatIsAllowedFailsAtOnceAndStandsOnTheError() {
        ScriptedProvider provider =
                provider().fails(failure(ErrorCategory.RATE_LIMITED, 429, true, Duration.ofMinutes(10)));

        LlmException failure = failureOf(provider, Duration.ZERO);

        assertThat(failure.reason()).isEqualTo(GiveUpReason.RETRY_AFTER_TOO_LONG);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void anAttemptThatHangsIsATimeoutAndRetried() {
        ScriptedProvider provider = ScriptedProvider.create(config ->
                        config.retrySettings(EXACT).timeouts(Timeouts.defaults().attempt(Duration.ofSeconds(5))))
                .then(Flux.never())
                .answers("hi");

        call(provider)
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(6))
                .assertNext(answer -> assertThat(Objects.requireNonNull(answer.provenance())
                                .failures()
                                .get(0)
                                .error())
                        .isInstanceOf(LlmTimeoutException.class))
                .verifyComplete();
        assertThat(provider.cancels).isEqualTo(1);
    }

    @Test
    void cancelDuringTheBackoffSendsNothingMore() {
        ScriptedProvider provider = provider().fails(overloaded()).answers("never");

        Disposable call = provider.complete("hello").subscribe();
        provider.time.advanceTimeBy(Duration.ofMillis(500));
        call.dispose();
        provider.time.advanceTimeBy(Duration.ofMinutes(1));

        assertThat(provider.attempts).hasSize(1);
    }

    @Test
    void cancelDuringAnAttemptCancelsIt() {
        ScriptedProvider provider = provider().then(Flux.never());

        Disposable call = provider.complete("hello").subscribe();
        call.dispose();

        assertThat(provider.cancels).isEqualTo(1);
        assertThat(provider.circuit("model-1").metrics().pending()).isEqualTo(0);
    }

    @Test
    void aCancelledCallLeavesNoTimer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
        timer.setRemoveOnCancelPolicy(true);
        Scheduler scheduler = Schedulers.fromExecutorService(timer);
        ScriptedProvider provider = ScriptedProvider.create(config -> config.scheduler(scheduler))
                .then(Flux.never())
                .fails(overloaded())
                .then(Flux.concat(Flux.just(CompletionChunk.text("a")), Flux.never()));

        Disposable inFlight = provider.complete("hello").subscribe();
        Disposable waiting = provider.complete("hello").subscribe();
        Disposable streaming = provider.stream("hello").subscribe();
        assertThat(timer.getQueue()).isNotEmpty();
        inFlight.dispose();
        waiting.dispose();
        streaming.dispose();

        assertThat(timer.getQueue()).isEmpty();
        scheduler.dispose();
    }

    @Test
    void eachSubscriptionIsACallOfItsOwn() {
        ScriptedProvider provider = provider()
                .fails(overloaded())
                .answers("first")
                .fails(overloaded())
                .answers("second");
        Mono<String> call = provider.complete("hello").map(Completion::text);

        for (String expected : new String[] {"first", "second"}) {
            StepVerifier.create(call)
                    .then(() -> provider.time.advanceTimeBy(Duration.ofSeconds(1)))
                    .expectNext(expected)
                    .verifyComplete();
        }
        assertThat(provider.attempts).extracting(Attempt::number).containsExactly(1, 2, 1, 2);
    }

    @Test
    void aRefusedKeyFailsFastAfterFiveInARowAndIsTriedAgainLater() {
        ScriptedProvider provider = provider();
        for (int i = 0; i < 5; i++) {
            provider.fails(failure(ErrorCategory.AUTHENTICATION, 401, false, null));
            assertThat(failureOf(provider, Duration.ZERO).status()).isEqualTo(401);
        }

        LlmException fast = failureOf(provider, Duration.ZERO);

        assertThat(fast).isInstanceOf(AuthenticationException.class);
        assertThat(fast.status()).isNull();
        assertThat(provider.attempts).hasSize(5);
        assertThat(provider.circuit("model-1").metrics().failureRate()).isEqualTo(0);

        provider.time.advanceTimeBy(Duration.ofSeconds(31));
        provider.answers("welcome back");
        StepVerifier.create(provider.complete("hello")).expectNextCount(1).verifyComplete();
    }

    @Test
    void aCustomProviderMayRetryDifferently() {
        ScriptedProvider plain = provider();
        LlmBaseProvider impatient = new LlmBaseProvider("impatient", plain.config()) {
            @Override
            protected Mono<Completion> attempt(CompletionRequest request) {
                return Mono.error(overloaded());
            }

            @Override
            protected RetryOnFailure retry(RetryOnFailure defaults) {
                return defaults.giveUpOn(OverloadedException.class);
            }
        };

        StepVerifier.create(impatient.complete("hello"))
                .consumeErrorWith(failure ->
                        assertThat(((LlmException) failure).attempts()).hasSize(1))
                .verify();
    }

    @Test
    void theCallersContextReachesTheAttempt() {
        ScriptedProvider provider = provider()
                .then(Flux.deferContextual(context -> Flux.just(CompletionChunk.text(context.get("tenant")))));

        StepVerifier.create(provider.complete("hello")
                        .map(Completion::text)
                        .contextWrite(context -> context.put("tenant", "acme")))
                .expectNext("acme")
                .verifyComplete();
    }
}
