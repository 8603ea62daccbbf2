package io.aicore.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Whatever the settings, the failures, the delays they request and how long attempts take. */
class RetryPropertiesTest {

    /** What one attempt does. */
    record Step(boolean fails, int millis, int retryAfterMillis) {}

    record Script(RetrySettings settings, List<Step> steps, long seed, int cancelAfterMillis) {}

    @Property(tries = 500)
    void aCallKeepsItsPromises(@ForAll("scripts") Script script) {
        Trial trial = new Trial();
        SplittableRandom random = new SplittableRandom(script.seed());
        AtomicInteger inFlight = new AtomicInteger();
        Mono<String> source = Mono.defer(() -> {
            int index = trial.starts.size();
            trial.starts.add(trial.elapsed());
            Step step = script.steps().get(index % script.steps().size());
            inFlight.incrementAndGet();
            Mono<Long> exchange = Mono.delay(Duration.ofMillis(step.millis()), trial.time);
            Mono<String> result =
                    step.fails() ? Mono.error(new Requesting(step.retryAfterMillis())) : Mono.just("fine");
            return exchange.then(result).doFinally(signal -> inFlight.decrementAndGet());
        });
        RetryOnFailure retry = trial.retry(script.settings())
                .random(random::nextDouble)
                .classifier(error -> Failure.retryable("busy").retryAfter(retryAfter(error)));
        Trial.Outcome<String> outcome = trial.run(retry.protect(source));
        if (script.cancelAfterMillis() > 0) {
            trial.pass(Duration.ofMillis(script.cancelAfterMillis()));
            outcome.subscription.dispose();
        }
        int startedBefore = trial.starts.size();
        trial.pass(Duration.ofDays(1));

        RetrySettings settings = script.settings();
        boolean cancelled = script.cancelAfterMillis() > 0;
        assertThat(cancelled || !outcome.pending()).isTrue();
        assertThat(!cancelled || trial.starts.size() == startedBefore).isTrue();
        assertThat(trial.starts.size()).isLessThanOrEqualTo(settings.maxRetries() + 1);
        assertThat(inFlight).hasValue(0);
        assertThat(trial.timers()).isZero();
        Duration deadline = settings.deadline();
        assertThat(trial.starts).allMatch(start -> deadline == null || start.compareTo(deadline) < 0);
        checkDelays(trial, settings);
        long ends = trial.events.stream()
                .filter(e -> e instanceof RetryEvent.Succeeded
                        || e instanceof RetryEvent.GaveUp
                        || e instanceof RetryEvent.Cancelled)
                .count();
        assertThat(ends).isEqualTo(1);
        if (outcome.error != null) {
            assertThat(outcome.history().reason()).isNotNull();
            assertThat(outcome.history().failures()).isNotEmpty().hasSizeLessThanOrEqualTo(16);
        }
    }

    @Property(tries = 500)
    void protectAndRetryWhenDecideAlike(@ForAll("scripts") Script script) {
        assertThat(seen(script, (retry, source) -> source.retryWhen(retry)))
                .isEqualTo(seen(script, RetryOnFailure::protect));
    }

    /** What is the same in both forms: attempts, waits, Contexts from the second attempt on, events, the end. */
    private static List<String> seen(Script script, BiFunction<RetryOnFailure, Mono<String>, Mono<String>> form) {
        Trial trial = new Trial();
        List<String> seen = new ArrayList<>();
        Mono<String> source = Mono.deferContextual(context -> {
            int index = trial.starts.size();
            trial.starts.add(trial.elapsed());
            Attempt attempt = Attempt.current(context);
            seen.add("attempt at " + trial.elapsed()
                    + (index == 0
                            ? ""
                            : " is " + attempt.number() + " waited " + attempt.waited() + " left " + attempt.remaining()
                                    + " after " + attempt.failures()));
            Step step = script.steps().get(index % script.steps().size());
            Mono<String> result =
                    step.fails() ? Mono.error(new Requesting(step.retryAfterMillis())) : Mono.just("fine");
            // Below what follows it: retryWhen also cancels an attempt whose failure is final, and protect does not.
            return Mono.delay(Duration.ofMillis(step.millis()), trial.time)
                    .doOnCancel(() -> seen.add("cancelled in flight at " + trial.elapsed()))
                    .then(result);
        });
        SplittableRandom random = new SplittableRandom(script.seed());
        RetryOnFailure retry = trial.retry(script.settings())
                .random(random::nextDouble)
                .classifier(error -> Failure.retryable("busy").retryAfter(retryAfter(error)));
        Trial.Outcome<String> outcome = trial.run(form.apply(retry, source));
        if (script.cancelAfterMillis() > 0) {
            trial.pass(Duration.ofMillis(script.cancelAfterMillis()));
            outcome.subscription.dispose();
        }
        trial.pass(Duration.ofDays(1));
        trial.events.stream()
                .filter(event -> !(event instanceof RetryEvent.Succeeded)
                        && !(event instanceof RetryEvent.Cancelled cancelled && !cancelled.waiting()))
                .map(event -> event.toString().replaceAll("callId=[0-9a-f]+", "callId="))
                .forEach(seen::add);
        seen.add("values " + outcome.values + " completed " + outcome.completed);
        if (outcome.error != null) {
            RetryHistory history = outcome.history();
            seen.add(outcome.error.getClass().getSimpleName() + " " + history.reason() + " " + history.why() + " "
                    + history.failures() + " waited " + history.waited() + " elapsed " + history.elapsed());
        }
        return seen;
    }

    private static void checkDelays(Trial trial, RetrySettings settings) {
        List<RetryEvent.AttemptFailed> failures = trial.events(RetryEvent.AttemptFailed.class);
        List<RetryEvent.RetryScheduled> waits = trial.events(RetryEvent.RetryScheduled.class);
        for (int i = 0; i < waits.size(); i++) {
            Duration delay = waits.get(i).delay();
            Duration retryAfter = failures.get(i).failure().retryAfter();
            double longestOwn = settings.maxDelay().toNanos() * 1.5;
            double longest = retryAfter == null ? longestOwn : Math.max(longestOwn, retryAfter.toNanos() * 1.1);
            assertThat((double) delay.toNanos()).isLessThanOrEqualTo(longest);
            assertThat(retryAfter == null || delay.compareTo(retryAfter) >= 0).isTrue();
            assertThat(retryAfter == null || retryAfter.compareTo(settings.maxServerDelay()) <= 0)
                    .isTrue();
        }
    }

    private static @Nullable Duration retryAfter(Throwable error) {
        return error instanceof Requesting requesting && requesting.millis > 0
                ? Duration.ofMillis(requesting.millis)
                : null;
    }

    @Provide
    Arbitrary<Script> scripts() {
        Arbitrary<Jitter> jitters = Arbitraries.of(
                Jitter.none(), Jitter.full(), Jitter.equal(), Jitter.decorrelated(), Jitter.proportional(0.5));
        Arbitrary<RetrySettings> settings = Combinators.combine(
                        Arbitraries.integers().between(0, 25),
                        Arbitraries.integers().between(0, 2000),
                        Arbitraries.integers().between(0, 10_000),
                        Arbitraries.doubles().between(1, 4),
                        jitters,
                        Arbitraries.integers().between(1, 60_000).injectNull(0.3))
                .as((retries, initial, more, factor, jitter, deadline) -> new RetrySettings(
                        retries,
                        new Backoff(Duration.ofMillis(initial), Duration.ofMillis(initial + more), factor, jitter),
                        // Half a millisecond more: what ends at the very instant of the deadline may come before or
                        // after it.
                        deadline == null ? null : Duration.ofMillis(deadline).plusNanos(500_000),
                        Duration.ofSeconds(5)));
        Arbitrary<Step> steps = Combinators.combine(
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(4, Arbitraries.just(true)),
                                net.jqwik.api.Tuple.of(1, Arbitraries.just(false))),
                        Arbitraries.integers().between(1, 3000),
                        Arbitraries.integers().between(-3000, 6000))
                .as(Step::new);
        return Combinators.combine(
                        settings,
                        steps.list().ofMinSize(1).ofMaxSize(6),
                        Arbitraries.longs(),
                        Arbitraries.integers().between(-20_000, 20_000))
                .as((chosen, list, seed, cancel) -> new Script(chosen, new ArrayList<>(list), seed, cancel));
    }

    private static final class Requesting extends IOException {
        private static final long serialVersionUID = 1L;
        final int millis;

        Requesting(int millis) {
            this.millis = millis;
        }
    }
}
