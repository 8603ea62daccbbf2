package io.aicore.limit;

import io.aicore.internal.Check;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Stops calls with a credential that the provider keeps rejecting: after {@code threshold} rejections (401) in a row,
 * calls fail at once for {@code failFast}, then one is admitted; any other response reopens the latch. One latch per
 * key, separate from the {@link CircuitBreaker} that keys share, because a wrong key must not open the circuit for
 * others.
 *
 * <p>The admitted call holds a lease of another {@code failFast}: if it is cancelled, the
 * next call may try at once; if it is lost, after that time. Thread-safe and non-blocking; no timer.
 */
public final class CredentialLatch {

    /** @param rejections in a row */
    private record State(
            int rejections,
            boolean latched,
            long since,
            long until,
            @Nullable CredentialPass trial) {}

    private static final AtomicReferenceFieldUpdater<CredentialLatch, State> STATE =
            AtomicReferenceFieldUpdater.newUpdater(CredentialLatch.class, State.class, "state");
    static final int REJECTIONS = 5;
    static final Duration FAIL_FAST = Duration.ofSeconds(30);
    private static final State FINE = new State(0, false, 0, 0, null);

    private final String name;
    private final int threshold;
    private final Duration failFast;
    private final Scheduler scheduler;
    private volatile State state = FINE;

    private CredentialLatch(String name, int threshold, Duration failFast, Scheduler scheduler) {
        this.name = Objects.requireNonNull(name, "name");
        Check.atLeast(1, threshold, "threshold");
        Check.positive(failFast, "failFast");
        this.threshold = threshold;
        this.failFast = failFast;
        this.scheduler = scheduler;
    }

    /**
     * Creates a latch.
     *
     * @param name its name in messages; must not be the key
     */
    public static CredentialLatch of(String name, int threshold, Duration failFast, Scheduler scheduler) {
        return new CredentialLatch(name, threshold, failFast, Objects.requireNonNull(scheduler, "scheduler"));
    }

    /**
     * Acquires permission for one attempt. The pass must be completed on every path.
     *
     * @throws CredentialRejectedException while calls with this credential fail fast
     */
    public CredentialPass tryAcquire() {
        CredentialPass pass = new CredentialPass(this);
        while (true) {
            State s = state;
            if (!s.latched) {
                return pass;
            }
            long now = now();
            long left = s.until - now;
            if (left > 0) {
                throw new CredentialRejectedException(
                        name, Duration.ofNanos(Math.max(0, now - s.since)), Duration.ofNanos(left));
            }
            if (STATE.compareAndSet(this, s, new State(s.rejections, true, s.since, now + failFast.toNanos(), pass))) {
                return pass;
            }
        }
    }

    /** Whether calls fail fast now. Does not change the state. */
    public boolean isLatched() {
        State s = state;
        return s.latched && s.until - now() > 0;
    }

    /**
     * Runs the source as one attempt with this credential. The outcome function maps an error: {@code FAILURE}
     * rejected, {@code SUCCESS} or {@code ALIVE} accepted, {@code IGNORED} no response.
     */
    public <T> Mono<T> protect(Mono<T> source, Function<? super Throwable, Outcome> outcome) {
        return new ProtectedMono<>(entry(source, outcome));
    }

    /** As {@link #protect(Mono, Function)}; the first element proves that the credential is accepted. */
    public <T> Flux<T> protect(Flux<T> source, Function<? super Throwable, Outcome> outcome) {
        return new ProtectedFlux<>(entry(source, outcome));
    }

    private <T> Entry<T> entry(Publisher<T> source, Function<? super Throwable, Outcome> outcome) {
        return new ImmediateEntry<>(source, context -> tryAcquire(), error -> read(outcome, error), any -> true);
    }

    private static @Nullable AttemptOutcome read(Function<? super Throwable, Outcome> outcome, Throwable error) {
        Outcome read = outcome.apply(error);
        return read == null ? null : AttemptOutcome.of(read);
    }

    void accepted() {
        if (state.rejections != 0) {
            state = FINE;
        }
    }

    void rejected(CredentialPass pass) {
        while (true) {
            State s = state;
            if (s.latched && s.trial != pass) {
                return;
            }
            long now = now();
            int rejections = s.latched ? s.rejections : s.rejections + 1;
            boolean latched = rejections >= threshold;
            long since = s.latched ? s.since : now;
            State next = latched
                    ? new State(rejections, true, since, now + failFast.toNanos(), null)
                    : new State(rejections, false, 0, 0, null);
            if (STATE.compareAndSet(this, s, next)) {
                return;
            }
        }
    }

    void ignored(CredentialPass pass) {
        State s = state;
        if (s.trial == pass) {
            // a lost race means that the lease has already passed on
            STATE.compareAndSet(this, s, new State(s.rejections, true, s.since, now(), null));
        }
    }

    private long now() {
        return scheduler.now(TimeUnit.NANOSECONDS);
    }
}
