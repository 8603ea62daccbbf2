package io.aicore.examples.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aicore.examples.lab.time.Chance;
import io.aicore.examples.lab.time.Seconds;
import io.aicore.examples.lab.time.VirtualScheduler;
import io.aicore.retry.Backoff;
import io.aicore.retry.Failure;
import io.aicore.retry.Jitter;
import io.aicore.retry.RetryOnFailure;
import io.aicore.retry.RetrySettings;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/**
 * The experiment of "Exponential Backoff And Jitter" (AWS Architecture Blog, 2015), with our retry operator: 100 clients write one
 * row with optimistic locking over a network of 10 ms ± 2 ms, and back off from 5 ms to 2 s. The figures are those of AWS's own
 * simulator.
 */
class JitterCurvesTest {

    private static final int CLIENTS = 100;
    private static final int RUNS = 12;
    private static final double CALLS = 0.12;
    private static final double TIME = 0.15;

    /** A write of an old version. */
    private static final class Conflict extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Conflict() {
            super("conflict", null, true, false);
        }
    }

    private record Work(double calls, double seconds) {}

    /** One race of all clients for the row. */
    private static final class Race {

        private final VirtualScheduler scheduler = new VirtualScheduler();
        private final SplittableRandom random;
        private int version;
        private int calls;
        private int written;
        private double last;

        Race(long seed) {
            random = new Chance(seed).stream(Chance.Stream.POLICY, 0);
        }

        Work run(Jitter jitter) {
            RetryOnFailure retry = RetryOnFailure.of(new RetrySettings(
                            10_000,
                            new Backoff(Duration.ofMillis(5), Duration.ofSeconds(2), 2, jitter),
                            null,
                            Duration.ofSeconds(1)))
                    .classifier(error -> Failure.retryable("conflict"))
                    .random(random::nextDouble)
                    .scheduler(scheduler);
            for (int i = 0; i < CLIENTS; i++) {
                retry.protect(write()).subscribe(ok -> {
                    written++;
                    last = Seconds.of(scheduler.now());
                });
            }
            scheduler.runUntil(Seconds.nanos(3_600));
            assertThat(written).isEqualTo(CLIENTS);
            return new Work(calls, last);
        }

        private Mono<Integer> write() {
            return Mono.defer(() -> network().then(Mono.fromSupplier(() -> version)))
                    .flatMap(read -> network().thenReturn(read))
                    .flatMap(read -> network().then(Mono.fromSupplier(() -> isWritten(read))))
                    .flatMap(ok -> network().then(ok ? Mono.just(version) : Mono.error(new Conflict())));
        }

        private boolean isWritten(int read) {
            calls++;
            if (read != version) {
                return false;
            }
            version++;
            return true;
        }

        private Mono<Long> network() {
            double millis = Math.abs(10 + 2 * random.nextGaussian());
            return Mono.delay(Duration.ofNanos(Math.round(millis * 1e6)), scheduler);
        }
    }

    private static Work mean(Jitter jitter) {
        double calls = 0;
        double seconds = 0;
        for (int seed = 1; seed <= RUNS; seed++) {
            Work work = new Race(seed).run(jitter);
            calls += work.calls / RUNS;
            seconds += work.seconds / RUNS;
        }
        return new Work(calls, seconds);
    }

    private static void assertNear(Work found, Work published) {
        assertThat(found.calls).isCloseTo(published.calls, within(CALLS * published.calls));
        assertThat(found.seconds).isCloseTo(published.seconds, within(TIME * published.seconds));
    }

    @Test
    void fullJitter() {
        assertNear(mean(Jitter.full()), new Work(796, 4.98));
    }

    @Test
    void equalJitter() {
        assertNear(mean(Jitter.equal()), new Work(812, 6.67));
    }

    @Test
    void decorrelatedJitter() {
        assertNear(mean(Jitter.decorrelated()), new Work(1_001, 4.70));
    }

    @Test
    void withoutJitterIsWorstByFar() {
        Work none = mean(Jitter.none());
        assertThat(none.calls).isGreaterThan(2 * mean(Jitter.full()).calls);
        assertThat(none.seconds).isGreaterThan(25);
    }
}
