package io.aicore.limit;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Operators;
import reactor.util.Logger;
import reactor.util.Loggers;
import reactor.util.context.Context;

/**
 * One attempt: calls {@code onSubscribe} at once, asks for a ticket, subscribes to the source when it has one, and completes
 * the ticket exactly once, at the first committing element, completion, error or cancel. While it waits for the ticket, a
 * cancel leaves the queue.
 */
final class ProtectedSubscriber<T> extends Operators.DeferredSubscription implements CoreSubscriber<T>, Entry.Visitor {

    private static final Logger LOG = Loggers.getLogger(CircuitBreaker.class);

    private final CoreSubscriber<? super T> actual;
    private final Entry<T> entry;
    private volatile @Nullable Ticket ticket;
    private volatile @Nullable Disposable waiting;
    private boolean committed;
    private volatile @Nullable Throwable jvmEnd;
    private boolean done;

    private ProtectedSubscriber(Entry<T> entry, CoreSubscriber<? super T> actual) {
        this.entry = entry;
        this.actual = actual;
    }

    static <T> void subscribe(Entry<T> entry, CoreSubscriber<? super T> actual) {
        new ProtectedSubscriber<>(entry, actual).ask();
    }

    private void ask() {
        try {
            actual.onSubscribe(this);
            if (isCancelled()) {
                return;
            }
            Disposable place = entry.ask(currentContext(), this);
            waiting = place;
            if (isCancelled()) {
                place.dispose();
            } else if (place instanceof Waiter waiter) {
                waiter.begin();
            }
        } catch (Throwable thrown) {
            cancel();
            rejected(thrown);
        }
    }

    @Override
    public void admitted(Ticket admission) {
        ticket = admission;
        if (isCancelled()) {
            end(AttemptOutcome.IGNORED);
            release();
            return;
        }
        try {
            entry.source(admission).subscribe(this);
        } catch (Throwable thrown) {
            cancel();
            if (!done) {
                done = true;
                actual.onError(Operators.onOperatorError(Guard.signal(thrown), currentContext()));
            }
            Guard.throwIfJvmEnds(thrown);
        }
    }

    @Override
    public void rejected(Throwable why) {
        super.cancel();
        if (!done) {
            done = true;
            actual.onError(Guard.signal(why));
        }
        Guard.throwIfJvmEnds(why);
    }

    @Override
    public Context currentContext() {
        return actual.currentContext();
    }

    @Override
    public void onSubscribe(Subscription s) {
        set(s);
    }

    @Override
    public void onNext(T value) {
        if (done) {
            Operators.onNextDropped(value, currentContext());
            return;
        }
        if (!committed) {
            try {
                commit(value);
            } catch (Throwable thrown) {
                super.cancel();
                end(AttemptOutcome.ALIVE);
                onError(Operators.onOperatorError(Guard.signal(thrown), currentContext()));
                Guard.throwIfJvmEnds(thrown);
                return;
            }
        }
        try {
            actual.onNext(value);
        } catch (Throwable thrown) {
            // A subscriber that throws, against the specification, must not keep the place.
            cancel();
            throw thrown;
        }
    }

    private void commit(T value) {
        if (entry.commits(value)) {
            committed = true;
            end(AttemptOutcome.SUCCESS);
        } else {
            ticket().firstByte();
        }
    }

    @Override
    public void onError(Throwable error) {
        if (done) {
            Operators.onErrorDropped(error, currentContext());
            return;
        }
        done = true;
        AttemptOutcome read = read(error);
        if (!end(read) && committed && read.health() == Outcome.FAILURE) {
            broken();
        }
        release();
        actual.onError(error);
        throwJvmEnd();
    }

    @Override
    public void onComplete() {
        if (done) {
            return;
        }
        done = true;
        end(AttemptOutcome.ALIVE);
        release();
        actual.onComplete();
        throwJvmEnd();
    }

    @Override
    public void cancel() {
        Disposable place = waiting;
        if (place != null) {
            place.dispose();
        }
        end(AttemptOutcome.IGNORED);
        super.cancel();
        release();
        throwJvmEnd();
    }

    private Ticket ticket() {
        Ticket admission = ticket;
        return admission == null ? Ticket.NONE : admission;
    }

    /** A clock or a subscriber of {@link CircuitBreaker#states()} that throws must not suppress the signal. */
    private boolean end(AttemptOutcome result) {
        try {
            return ticket().end(result);
        } catch (Throwable thrown) {
            plugged(thrown);
            return true;
        }
    }

    private void broken() {
        try {
            ticket().broken();
        } catch (Throwable thrown) {
            plugged(thrown);
        }
    }

    private void release() {
        try {
            ticket().release();
        } catch (Throwable thrown) {
            plugged(thrown);
        }
    }

    private AttemptOutcome read(Throwable error) {
        try {
            return Guard.call("the outcome function", () -> entry.outcome(error));
        } catch (Throwable thrown) {
            if (thrown != error && thrown.getCause() != error) {
                error.addSuppressed(thrown);
            }
            Throwable cause = thrown.getCause();
            jvmEnd = cause != null && Guard.endsJvm(cause) ? cause : jvmEnd;
            return AttemptOutcome.IGNORED;
        }
    }

    private void plugged(Throwable thrown) {
        if (Guard.endsJvm(thrown)) {
            jvmEnd = thrown;
        } else {
            LOG.warn("A clock or a subscriber of a circuit's states threw; the call continues", thrown);
        }
    }

    private void throwJvmEnd() {
        Throwable last = jvmEnd;
        if (last != null) {
            Guard.throwIfJvmEnds(last);
        }
    }
}
