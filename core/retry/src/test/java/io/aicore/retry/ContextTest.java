package io.aicore.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** Every attempt knows which one it is, and everybody sees the caller's Context. */
class ContextTest {

    private final Trial trial = new Trial();

    @Test
    void everyAttemptSeesItselfTheFirstToo() {
        trial.finish(trial.retry().protect(trial.script(Trial.reset(), Trial.reset(), "fine")));
        List<Attempt> attempts =
                trial.attempts.stream().map(Optional::orElseThrow).toList();
        assertThat(attempts).extracting(Attempt::number).containsExactly(1, 2, 3);
        assertThat(attempts)
                .extracting(Attempt::waited)
                .containsExactly(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(3));
        assertThat(attempts).extracting(each -> each.failures().size()).containsExactly(0, 1, 2);
        assertThat(attempts)
                .extracting(Attempt::callId)
                .containsOnly(attempts.get(0).callId());
        assertThat(attempts).extracting(Attempt::isRetry).containsExactly(false, true, true);
    }

    @Test
    void aPlainRetryWhenTellsAttemptsFromTheSecondOn() {
        trial.finish(trial.script(Trial.reset(), "fine").retryWhen(trial.retry()));
        assertThat(trial.attempts.get(0)).isEmpty();
        assertThat(trial.attempts.get(1)).map(Attempt::number).contains(2);
    }

    @Test
    void withoutAnAttemptInTheContextItIsTheFirstOne() {
        Attempt attempt = Attempt.current(Context.empty());
        assertThat(attempt.number()).isEqualTo(1);
        assertThat(attempt.remaining()).isNull();
        assertThat(attempt.callId())
                .hasSize(16)
                .isNotEqualTo(Attempt.current(Context.empty()).callId());
    }

    @Test
    void aRetryLooksLikeOneToTheCircuit() {
        List<Boolean> retries = new ArrayList<>();
        Mono<String> attempt = Mono.deferContextual(context -> {
            retries.add(context.getOrDefault(io.aicore.limit.CircuitBreaker.RETRY, false));
            return Mono.error(Trial.reset());
        });
        trial.finish(trial.retry(Trial.settings().maxRetries(2)).protect(attempt));
        assertThat(retries).containsExactly(false, true, true);
    }

    @Test
    void theCallersContextReachesAttemptsClassifierAndListeners() {
        List<String> seen = new ArrayList<>();
        Mono<String> attempt = Mono.deferContextual(context -> {
            seen.add("attempt " + context.get("user"));
            return Mono.error(Trial.reset());
        });
        RetryOnFailure retry = trial.silentRetry(Trial.settings().maxRetries(0))
                .classifier(new FailureClassifier() {
                    @Override
                    public Failure classify(Throwable error) {
                        throw new AssertionError("asked without the Context");
                    }

                    @Override
                    public Failure classify(Throwable error, ContextView context) {
                        seen.add("classifier " + context.get("user"));
                        return Failure.retryable("x");
                    }
                })
                .listener(new RetryListener() {
                    @Override
                    public void onEvent(RetryEvent event) {
                        throw new AssertionError("told without the Context");
                    }

                    @Override
                    public void onEvent(RetryEvent event, ContextView context) {
                        seen.add(event.getClass().getSimpleName() + " " + context.get("user"));
                    }
                });
        trial.finish(attempt.retryWhen(retry).contextWrite(Context.of("user", "ada")));
        List<String> expected =
                List.of("AttemptStarted ada", "attempt ada", "classifier ada", "AttemptFailed ada", "GaveUp ada");
        assertThat(seen).isEqualTo(expected);
        seen.clear();
        trial.finish(retry.protect(attempt).contextWrite(Context.of("user", "ada")));
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void theAttemptStaysInsideOfTheCall() {
        List<Boolean> outside = new ArrayList<>();
        Mono<String> call = trial.retry()
                .protect(Mono.just("x"))
                .flatMap(value -> Mono.deferContextual(context -> {
                    outside.add(Attempt.from(context).isPresent());
                    return Mono.just(value);
                }));
        trial.finish(call);
        assertThat(outside).containsExactly(false);
    }

    @Test
    void twoCallsInOneChainDoNotSeeEachOther() {
        RetryOnFailure retry = trial.retry();
        Mono<String> call = retry.protect(trial.script(Trial.reset(), "one"))
                .then(Mono.defer(
                        () -> retry.protect(trial.script(Trial.reset(), Trial.reset(), Trial.reset(), "two"))));
        assertThat(trial.finish(call).values).containsExactly("two");
        assertThat(trial.events(RetryEvent.SteppedAside.class)).isEmpty();
    }

    @Test
    void streamsSeeTheirAttemptToo() {
        Flux<Integer> stream = Flux.deferContextual(
                context -> Flux.just(Attempt.current(context).number()));
        assertThat(trial.run(trial.retry().protect(stream)).values).containsExactly(1);
    }
}
