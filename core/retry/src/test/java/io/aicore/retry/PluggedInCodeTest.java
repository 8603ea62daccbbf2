package io.aicore.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitSettings;
import io.aicore.limit.Outcome;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Whatever plugged-in code throws or returns, the call ends, and with the failure that it is about. */
class PluggedInCodeTest {

    enum Thrown {
        LINKAGE,
        OVERFLOW,
        RUNTIME;

        @SuppressWarnings("TypeParameterUnusedInFormals")
        <T> T now() {
            return PluggedInCodeTest.raise(
                    switch (this) {
                        case LINKAGE -> new NoClassDefFoundError("boom");
                        case OVERFLOW -> new StackOverflowError("boom");
                        case RUNTIME -> new IllegalStateException("boom");
                    });
        }
    }

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final IOException original = new IOException("original");
    private final AtomicReference<@Nullable Object> end = new AtomicReference<>();

    private final RetryOnFailure retry = RetryOnFailure.of(RetrySettings.defaults()
                    .maxRetries(1)
                    .initialDelay(Duration.ofMillis(100))
                    .jitter(Jitter.none()))
            .scheduler(time);

    @ParameterizedTest
    @EnumSource
    void aClassifierThatThrowsLeavesTheFailurePrimary(Thrown thrown) {
        run(retry.classifier(error -> thrown.now()), Mono.error(original));

        assertThat(end.get()).isSameAs(original);
    }

    @Test
    void aClassifierThatGivesNullLeavesTheFailurePrimary() {
        run(retry.classifier(PluggedInCodeTest::nothing), Mono.error(original));

        assertThat(end.get()).isSameAs(original);
    }

    @ParameterizedTest
    @EnumSource
    void aFinisherThatThrowsChangesNothing(Thrown thrown) {
        run(retry.onGiveUp((last, history) -> thrown.now()), Mono.error(original));

        assertThat(end.get()).isSameAs(original);
    }

    @Test
    void aFinisherThatGivesNullChangesNothing() {
        run(retry.onGiveUp((last, history) -> nothing(last)), Mono.error(original));

        assertThat(end.get()).isSameAs(original);
        assertThat(original.getSuppressed()).anySatisfy(each -> assertThat(each).hasMessageContaining("onGiveUp"));
    }

    @ParameterizedTest
    @EnumSource
    void aListenerThatThrowsChangesNothing(Thrown thrown) {
        run(retry.listener(event -> thrown.now()), Mono.error(original));
        assertThat(end.get()).isSameAs(original);

        run(retry.listener(event -> thrown.now()), Mono.just("fine"));
        assertThat(end.get()).isEqualTo("fine");
    }

    @ParameterizedTest
    @EnumSource
    void aPredicateThatThrowsLeavesTheFailurePrimary(Thrown thrown) {
        run(retry.giveUpOn(error -> thrown.now()), Mono.error(original));
        assertThat(end.get()).isSameAs(original);

        run(retry.retryOn(error -> thrown.now()), Mono.error(original));
        assertThat(end.get()).isSameAs(original);
    }

    @ParameterizedTest
    @EnumSource
    void aWallClockThatThrowsChangesNothing(Thrown thrown) {
        run(retry.clock(new ThrowingClock(thrown)), Mono.error(original));

        assertThat(end.get()).isSameAs(original);
    }

    @ParameterizedTest
    @EnumSource
    void aTimerThatThrowsEndsTheCallWithItsFailure(Thrown thrown) {
        run(retry.scheduler(new ThrowingTimer(time, thrown)), Mono.error(original));

        assertThat(end.get()).isSameAs(original);
    }

    @ParameterizedTest
    @EnumSource
    void aSourceThatThrowsWhenSubscribedToFails(Thrown thrown) {
        run(retry.giveUpOn(Throwable.class), Mono.from(subscriber -> thrown.now()));

        assertThat(end.get()).isInstanceOf(Throwable.class);
    }

    @ParameterizedTest
    @EnumSource
    void aStreamsPredicateThatThrowsCommits(Thrown thrown) {
        retry.protect(Flux.just("a"), element -> thrown.<Boolean>now()).subscribe(end::set, end::set);

        assertThat(end.get()).isEqualTo("a");
    }

    @ParameterizedTest
    @EnumSource
    void anOutcomeFunctionThatThrowsGivesThePermitBack(Thrown thrown) {
        CircuitBreaker circuit = circuit(error -> thrown.now());

        run(retry, circuit.protect(Mono.error(original)));

        assertThat(end.get()).isSameAs(original);
        assertThat(circuit.metrics().pending()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aSubscriberToTheCircuitsStatesThatThrowsChangesNothing(Thrown thrown) {
        CircuitBreaker circuit = circuit(error -> Outcome.FAILURE);
        Disposable heard = circuit.states().skip(1).subscribe(state -> thrown.now(), error -> {});

        run(retry, circuit.protect(Mono.error(original)));

        assertThat(end.get()).isSameAs(original);
        assertThat(circuit.metrics().pending()).isZero();
        heard.dispose();
    }

    @Test
    void whatEndsTheJvmPassesOnceTheCallHasEnded() {
        OutOfMemoryError last = new OutOfMemoryError("boom");

        assertThatThrownBy(() -> run(
                        retry.listener(event -> {
                            if (event instanceof RetryEvent.AttemptFailed) {
                                throw last;
                            }
                        }),
                        Mono.error(original)))
                .isSameAs(last);
        assertThat(end.get()).isSameAs(original);
    }

    private <T> void run(RetryOnFailure by, Mono<T> source) {
        end.set(null);
        by.protect(source).subscribe(end::set, end::set);
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(end.get()).as("the call ends").isNotNull();
    }

    private CircuitBreaker circuit(Function<Throwable, Outcome> outcome) {
        return CircuitBreaker.of("c", CircuitSettings.defaults().minimumCalls(1), outcome, time, () -> 0.5);
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing(Object ignored) {
        return null;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
    private static <T, E extends Throwable> T raise(Throwable thrown) throws E {
        throw (E) thrown;
    }

    private static final class ThrowingClock extends Clock {
        private final Thrown thrown;

        ThrowingClock(Thrown thrown) {
            this.thrown = thrown;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return thrown.now();
        }
    }

    private record ThrowingTimer(Scheduler clock, Thrown thrown) implements Scheduler {
        @Override
        public Disposable schedule(Runnable task) {
            return thrown.now();
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            return thrown.now();
        }

        @Override
        public Worker createWorker() {
            return thrown.now();
        }

        @Override
        public long now(TimeUnit unit) {
            return clock.now(unit);
        }
    }
}
