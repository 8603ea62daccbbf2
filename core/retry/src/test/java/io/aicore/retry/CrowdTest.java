package io.aicore.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.Admission;
import io.aicore.limit.AdmissionLane;
import io.aicore.limit.AdmissionRejectedException;
import io.aicore.limit.AdmissionSettings;
import io.aicore.limit.AttemptOutcome;
import io.aicore.limit.CallNotPermittedException;
import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitSettings;
import io.aicore.limit.ConcurrencySettings;
import io.aicore.limit.Outcome;
import io.aicore.limit.RetryBudget;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Many calls of one process, retried outside of one admission: what they send together. */
class CrowdTest {

    private static final Duration LATENCY = Duration.ofMillis(20);

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final SplittableRandom random = new SplittableRandom(7);
    private final List<Long> requests = new ArrayList<>();
    private final List<Throwable> errors = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private final RetryBudget budget = RetryBudget.create();
    private final CircuitBreaker circuit = CircuitBreaker.of(
            "model", CircuitSettings.defaults().maxOpenTime(Duration.ofSeconds(4)), clock, random::nextDouble);
    private final AdmissionLane lane = Admission.of(
                    "provider",
                    AdmissionSettings.standard(),
                    ConcurrencySettings.unlimited(),
                    clock,
                    random::nextDouble)
            .lane("key", circuit);

    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        final int status;

        @Nullable
        final transient Duration retryAfter;

        Refused(int status, @Nullable Duration retryAfter) {
            super("status " + status);
            this.status = status;
            this.retryAfter = retryAfter;
        }
    }

    @Test
    void on429ForEverWithARetryAfter() {
        calls(100, null, () -> new Refused(429, Duration.ofSeconds(2)));
        clock.advanceTimeBy(Duration.ofMinutes(10));
        assertThat(errors).hasSize(100);
        assertThat(requests.size()).isLessThanOrEqualTo(130);
    }

    @Test
    void on429ForEverWithARetryAfterAndABreath() {
        calls(100, Duration.ofSeconds(20), () -> new Refused(429, Duration.ofMillis(500)));
        clock.advanceTimeBy(Duration.ofMinutes(10));
        assertThat(errors).hasSize(100);
        assertThat(requests.size()).isLessThanOrEqualTo(130);
    }

    @Test
    void on429ForEverWithoutARetryAfterUnderADeadline() {
        calls(100, Duration.ofSeconds(20), () -> new Refused(429, null));
        clock.advanceTimeBy(Duration.ofMinutes(10));
        assertThat(errors).hasSize(100);
        assertThat(requests.size()).isLessThanOrEqualTo(130);
    }

    @Test
    void whoWasNotAdmittedAgainGetsTheProvidersFailure() {
        calls(100, null, () -> new Refused(429, Duration.ofSeconds(2)));
        clock.advanceTimeBy(Duration.ofMinutes(10));
        assertThat(errors).allMatch(Refused.class::isInstance);
        assertThat(errors)
                .extracting(error -> RetryHistory.of(error).orElseThrow().reason())
                .contains(GiveUpReason.NOT_ADMITTED);
    }

    @Test
    void aProviderThatRecoversServesThemAll() {
        long recovers = Duration.ofSeconds(10).toNanos();
        calls(100, null, () -> now() < recovers ? new Refused(429, Duration.ofSeconds(2)) : null);
        clock.advanceTimeBy(Duration.ofMinutes(2));
        assertThat(errors.size()).isZero();
        assertThat(answers).hasSize(100);
    }

    @Test
    void aCallThatWasNeverSentIsRejectedAsSuch() {
        calls(1, null, () -> new Refused(429, Duration.ofMinutes(2)));
        clock.advanceTimeBy(Duration.ofMillis(100));
        calls(1, null, () -> null);
        clock.advanceTimeBy(Duration.ofMinutes(5));
        assertThat(errors).hasSize(2);
        assertThat(errors.get(1)).isInstanceOf(AdmissionRejectedException.class);
        assertThat(RetryHistory.of(errors.get(1)).orElseThrow().reason()).isEqualTo(GiveUpReason.NOT_ADMITTED);
    }

    @Test
    void inAnOutageTheLoadIsThatOfTheProbes() {
        for (int i = 0; i < 800; i++) {
            calls(1, null, () -> new Refused(503, null));
            clock.advanceTimeBy(Duration.ofMillis(25));
        }
        clock.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(errors).hasSize(800);
        assertThat(requests.size()).isLessThanOrEqualTo(60);
        assertThat(errors).anyMatch(CallNotPermittedException.class::isInstance);
    }

    @Test
    void afterAnOutageNoCallFailsThatCouldHaveWaited() {
        long recovers = Duration.ofSeconds(20).toNanos();
        for (int i = 0; i < 1_600; i++) {
            calls(1, null, () -> now() < recovers ? new Refused(503, null) : null);
            clock.advanceTimeBy(Duration.ofMillis(25));
        }
        clock.advanceTimeBy(Duration.ofMinutes(1));
        long during = 800;
        assertThat(errors.size()).isLessThanOrEqualTo((int) during + 20);
        long after = requests.stream().filter(at -> at >= recovers).count();
        assertThat(after).isBetween(780L, 1_100L);
        assertThat(peakAfter(recovers))
                .as("no herd: 40 a second were asked for")
                .isLessThanOrEqualTo(64);
    }

    private int peakAfter(long from) {
        List<Long> after = requests.stream().filter(at -> at >= from).toList();
        int peak = 0;
        for (int i = 0, first = 0; i < after.size(); i++) {
            while (after.get(i) - after.get(first) >= 1_000_000_000L) {
                first++;
            }
            peak = Math.max(peak, i - first + 1);
        }
        return peak;
    }

    private void calls(int number, @Nullable Duration deadline, Supplier<@Nullable Refused> server) {
        Mono<String> exchange = Mono.defer(() -> {
            requests.add(now());
            Refused refused = server.get();
            Mono<Long> latency = Mono.delay(LATENCY, clock);
            return refused == null ? latency.thenReturn("answer") : latency.then(Mono.error(refused));
        });
        RetryOnFailure retry = RetryOnFailure.of(
                        RetrySettings.defaults().maxRetries(3).deadline(deadline))
                .classifier(error -> error instanceof Refused refused
                        ? Failure.retryable("refused").status(refused.status).retryAfter(refused.retryAfter)
                        : Failure.permanent("not sent"))
                .budget(budget, failure -> failure.facts().status() == 429 && lane.isLimited())
                .random(random::nextDouble)
                .scheduler(clock);
        Mono<String> call = retry.protect(lane.protect(exchange, CrowdTest::outcome));
        for (int i = 0; i < number; i++) {
            call.subscribe(answers::add, errors::add);
        }
    }

    private static AttemptOutcome outcome(Throwable error) {
        if (!(error instanceof Refused refused)) {
            return AttemptOutcome.of(Outcome.IGNORED);
        }
        return refused.status == 429
                ? AttemptOutcome.limited(refused.retryAfter)
                : AttemptOutcome.unavailable(refused.retryAfter);
    }

    private long now() {
        return clock.now(TimeUnit.NANOSECONDS);
    }
}
