package io.aicore.limit;

import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CorePublisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.Logger;
import reactor.util.Loggers;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * One attempt: takes the ticket, calls {@code onSubscribe} at once, then subscribes to the source and completes the
 * ticket exactly once, at the first committing element, completion, error or cancel.
 */
final class ProtectedSubscriber<T> extends Operators.DeferredSubscription implements CoreSubscriber<T> {

    private static final Logger LOG = Loggers.getLogger(CircuitBreaker.class);

    private final CoreSubscriber<? super T> actual;
    private final Ticket ticket;
    private final Function<? super Throwable, Outcome> outcome;
    private final Predicate<? super T> commits;
    private boolean committed;
    private volatile @Nullable Throwable jvmEnd;
    private boolean done;

    private ProtectedSubscriber(
            CoreSubscriber<? super T> actual,
            Ticket ticket,
            Function<? super Throwable, Outcome> outcome,
            Predicate<? super T> commits) {
        this.actual = actual;
        this.ticket = ticket;
        this.outcome = outcome;
        this.commits = commits;
    }

    static <T> void subscribe(
            CorePublisher<? extends T> source,
            CoreSubscriber<? super T> actual,
            Function<? super ContextView, ? extends Ticket> admission,
            Function<? super Throwable, Outcome> outcome,
            Predicate<? super T> commits) {
        Ticket ticket;
        try {
            ticket = admission.apply(actual.currentContext());
        } catch (Throwable refused) {
            Operators.error(actual, Guard.signal(refused));
            Guard.throwIfJvmEnds(refused);
            return;
        }
        ProtectedSubscriber<T> attempt = new ProtectedSubscriber<>(actual, ticket, outcome, commits);
        attempt.subscribeTo(source);
    }

    private void subscribeTo(Publisher<? extends T> source) {
        try {
            actual.onSubscribe(this);
            if (!isCancelled()) {
                source.subscribe(this);
            }
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
                end(Outcome.ALIVE);
                onError(Operators.onOperatorError(Guard.signal(thrown), currentContext()));
                Guard.throwIfJvmEnds(thrown);
                return;
            }
        }
        actual.onNext(value);
    }

    private void commit(T value) {
        if (commits.test(value)) {
            committed = true;
            end(Outcome.SUCCESS);
        } else {
            ticket.firstByte();
        }
    }

    @Override
    public void onError(Throwable error) {
        if (done) {
            Operators.onErrorDropped(error, currentContext());
            return;
        }
        done = true;
        Outcome read = read(error);
        if (!end(read) && committed && read == Outcome.FAILURE) {
            broken();
        }
        actual.onError(error);
        throwJvmEnd();
    }

    @Override
    public void onComplete() {
        if (done) {
            return;
        }
        done = true;
        end(Outcome.ALIVE);
        actual.onComplete();
        throwJvmEnd();
    }

    @Override
    public void cancel() {
        end(Outcome.IGNORED);
        super.cancel();
        throwJvmEnd();
    }

    /** A clock or a subscriber of {@link CircuitBreaker#states()} that throws must not suppress the signal. */
    private boolean end(Outcome outcome) {
        try {
            return ticket.end(outcome);
        } catch (Throwable thrown) {
            plugged(thrown);
            return true;
        }
    }

    private void broken() {
        try {
            ticket.broken();
        } catch (Throwable thrown) {
            plugged(thrown);
        }
    }

    private Outcome read(Throwable error) {
        try {
            return Guard.call("the outcome function", () -> outcome.apply(error));
        } catch (Throwable thrown) {
            if (thrown != error && thrown.getCause() != error) {
                error.addSuppressed(thrown);
            }
            Throwable cause = thrown.getCause();
            jvmEnd = cause != null && Guard.endsJvm(cause) ? cause : jvmEnd;
            return Outcome.IGNORED;
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
