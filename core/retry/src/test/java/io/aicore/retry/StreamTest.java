package io.aicore.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** A stream is retried until it has emitted, and never after. */
class StreamTest {

    private final Trial trial = new Trial();
    private final AtomicInteger subscriptions = new AtomicInteger();

    private Flux<String> stream(String... elements) {
        return Flux.defer(() -> {
            subscriptions.incrementAndGet();
            return Flux.just(elements).concatWith(Flux.error(Trial.reset()));
        });
    }

    @Test
    void doesNotRetryOnceAnElementWasEmitted() {
        Trial.Outcome<String> outcome = trial.run(trial.retry().protect(stream("a", "b")));
        trial.pass(60);
        assertThat(outcome.values).containsExactly("a", "b");
        assertThat(outcome.reason()).isEqualTo(GiveUpReason.NOT_RETRYABLE);
        assertThat(outcome.history().why()).isEqualTo("already emitted: I/O failed: IOException");
        assertThat(subscriptions).hasValue(1);
    }

    @Test
    void retriesBeforeTheFirstElement() {
        Flux<String> source = Flux.defer(
                () -> subscriptions.getAndIncrement() == 0 ? Flux.error(Trial.reset()) : Flux.just("a", "b"));
        Trial.Outcome<String> outcome = trial.run(trial.retry().protect(source));
        trial.pass(1);
        assertThat(outcome.values).containsExactly("a", "b");
        assertThat(trial.eventNames()).endsWith("AttemptStarted", "Succeeded");
    }

    @Test
    void retriesAfterElementsThatDoNotCommit() {
        Flux<String> source = Flux.defer(() -> subscriptions.getAndIncrement() == 0
                ? Flux.just("role").concatWith(Flux.error(Trial.reset()))
                : Flux.just("role", "text"));
        Trial.Outcome<String> outcome = trial.run(trial.retry().protect(source, "text"::equals));
        trial.pass(1);
        assertThat(outcome.values).containsExactly("role", "role", "text");
        assertThat(outcome.completed).isTrue();
    }

    @Test
    void aPredicateThatThrowsCommits() {
        Trial.Outcome<String> outcome = trial.run(trial.retry().protect(stream("a"), element -> {
            throw new IllegalStateException("bug");
        }));
        trial.pass(60);
        assertThat(outcome.values).containsExactly("a");
        assertThat(subscriptions).hasValue(1);
        assertThat(trial.events(RetryEvent.ClassifierFailed.class)).hasSize(1);
    }

    @Test
    void demandReachesTheSource() {
        List<Long> requested = new ArrayList<>();
        Flux<Integer> source = Flux.range(1, 100).doOnRequest(requested::add);
        StepVerifier.create(trial.retry().protect(source), 2)
                .expectNext(1, 2)
                .thenRequest(3)
                .expectNext(3, 4, 5)
                .thenCancel()
                .verify();
        assertThat(requested).containsExactly(2L, 3L);
    }

    @Test
    void aStreamCutOffAfterAnOvercomeFailureDoesNotBlameThatFailure() {
        Throwable overcome = Trial.reset();
        Flux<Long> source = Flux.defer(() -> subscriptions.getAndIncrement() == 0
                ? Flux.error(overcome)
                : Flux.interval(Duration.ofSeconds(1), trial.time));
        RetryOnFailure retry = trial.retry(Trial.settings().deadline(Duration.ofSeconds(5)));
        Trial.Outcome<Long> outcome = trial.run(retry.protect(source));
        trial.pass(60);
        assertThat(outcome.error)
                .isInstanceOf(RetryDeadlineException.class)
                .hasMessage("deadline of 5 s exceeded in the middle of the response");
        assertThat(outcome.error.getSuppressed()).contains(overcome);
    }

    @Test
    void theDeadlineCutsAStreamOff() {
        RetryOnFailure retry = trial.retry(Trial.settings().deadline(Duration.ofSeconds(5)));
        Trial.Outcome<Long> outcome = trial.run(retry.protect(Flux.interval(Duration.ofSeconds(2), trial.time)));
        trial.pass(60);
        assertThat(outcome.values).containsExactly(0L, 1L);
        assertThat(outcome.error).isInstanceOf(RetryDeadlineException.class);
        assertThat(trial.timers()).isZero();
    }
}
