package io.aicore.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Retries inside of retries do not multiply. */
class NestingTest {

    private final Trial trial = new Trial();
    private final Trial inner = new Trial();

    private RetryOnFailure innerRetry() {
        return trial.silentRetry(Trial.settings()).listener(inner.events::add);
    }

    @Test
    void aProtectedCallInsideAProtectedCallLeavesRetryingToTheOuterOne() {
        Trial.Outcome<String> outcome =
                trial.finish(trial.retry().protect(innerRetry().protect(trial.script(Trial.reset()))));
        assertThat(trial.attempts).hasSize(4);
        assertThat(outcome.reason()).isEqualTo(GiveUpReason.RETRIES_EXHAUSTED);
        assertThat(inner.events).hasSize(4).allMatch(RetryEvent.SteppedAside.class::isInstance);
        assertThat(trial.attempts.get(3).orElseThrow().number()).isEqualTo(4);
    }

    @Test
    void aPlainRetryInsideAProtectedCallStepsAsideToo() {
        trial.finish(trial.retry().protect(trial.script(Trial.reset()).retryWhen(innerRetry())));
        assertThat(trial.attempts).hasSize(4);
    }

    @Test
    void twoPlainRetriesDoNotMultiplyEither() {
        Trial.Outcome<String> outcome =
                trial.finish(trial.script(Trial.reset()).retryWhen(innerRetry()).retryWhen(trial.retry()));
        assertThat(trial.attempts).hasSize(4);
        assertThat(outcome.history().why()).startsWith("an inner retry gave up");
    }

    @Test
    void whatAnInnerRetryGaveUpOnIsFinalThoughTheContextGotLost() {
        Mono<String> withoutContext = Mono.defer(() -> Mono.fromFuture(
                innerRetry().protect(trial.script(Trial.reset())).toFuture()));
        RetryOnFailure outer = trial.retry().classifier(error -> Failure.retryable("all"));
        Trial.Outcome<String> outcome = trial.finish(outer.protect(withoutContext));
        assertThat(trial.attempts).hasSize(4);
        assertThat(outcome.reason()).isEqualTo(GiveUpReason.NOT_RETRYABLE);
    }

    @Test
    void whatAnInnerRetryGaveUpOnIsFinalWhenWrappedToo() {
        Mono<String> wrapped = innerRetry()
                .protect(trial.script(Trial.reset()))
                .onErrorMap(error -> new IOException("wrapped", error));
        trial.finish(wrapped.retryWhen(trial.retry()));
        assertThat(trial.attempts).hasSize(4);
    }

    @Test
    void anExceptionKeptInAConstantIsRetriedByTheNextCallAgain() {
        IOException constant = new IOException("shared");
        for (int call = 0; call < 50; call++) {
            trial.attempts.clear();
            Trial.Outcome<String> outcome = trial.finish(trial.retry().protect(trial.script(constant)));
            assertThat(trial.attempts).hasSize(4);
            assertThat(outcome.history().callId())
                    .isEqualTo(trial.attempts.get(0).orElseThrow().callId());
        }
        assertThat(constant.getSuppressed()).hasSize(1);
    }

    @Test
    void aCallThatBeganEarlierIsNotTakenForAnInnerOne() {
        IOException constant = new IOException("shared");
        Trial.Outcome<String> first = trial.run(trial.retry().protect(trial.script(constant)));
        Trial second = new Trial();
        second.run(second.retry()
                .protect(second.script(java.time.Duration.ofSeconds(1)).then(Mono.error(constant))));
        trial.pass(7);
        assertThat(first.reason()).isEqualTo(GiveUpReason.RETRIES_EXHAUSTED);
        second.pass(1);
        assertThat(second.events(RetryEvent.RetryScheduled.class)).hasSize(1);
    }

    @Test
    void callsOneAfterTheOtherAreNotNested() {
        RetryOnFailure retry = trial.retry(Trial.settings().maxRetries(1));
        Mono<String> fallback = retry.protect(trial.script(Trial.reset()))
                .onErrorResume(error -> retry.protect(trial.script(Trial.reset())));
        trial.finish(fallback);
        assertThat(trial.attempts).hasSize(4);
        assertThat(List.copyOf(trial.events(RetryEvent.SteppedAside.class))).isEmpty();
    }
}
