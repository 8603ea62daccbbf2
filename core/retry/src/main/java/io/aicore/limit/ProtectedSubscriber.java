package io.aicore.limit;

import java.util.function.Function;
import java.util.function.Predicate;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CorePublisher;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * One attempt: takes the ticket, tells the subscriber at once that it is subscribed, then subscribes to the source and
 * ends the ticket exactly once, at the first committing element, the end, the error or the cancel.
 */
final class ProtectedSubscriber<T> extends Operators.DeferredSubscription implements CoreSubscriber<T> {

    private final CoreSubscriber<? super T> actual;
    private final Ticket ticket;
    private final Function<? super Throwable, Outcome> outcome;
    private final Predicate<? super T> commits;
    private boolean committed;
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
        } catch (RuntimeException refused) {
            Operators.error(actual, refused);
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
            Exceptions.throwIfFatal(thrown);
            if (!done) {
                done = true;
                actual.onError(Operators.onOperatorError(thrown, currentContext()));
            }
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
                ticket.end(Outcome.ALIVE);
                onError(Operators.onOperatorError(this, thrown, value, currentContext()));
                return;
            }
        }
        actual.onNext(value);
    }

    private void commit(T value) {
        if (commits.test(value)) {
            committed = true;
            ticket.end(Outcome.SUCCESS);
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
        if (!ticket.end(read) && committed && read == Outcome.FAILURE) {
            ticket.broken();
        }
        actual.onError(error);
    }

    private Outcome read(Throwable error) {
        try {
            return outcome.apply(error);
        } catch (Throwable thrown) {
            Exceptions.throwIfFatal(thrown);
            if (thrown != error) {
                error.addSuppressed(thrown);
            }
            return Outcome.IGNORED;
        }
    }

    @Override
    public void onComplete() {
        if (done) {
            return;
        }
        done = true;
        ticket.end(Outcome.ALIVE);
        actual.onComplete();
    }

    @Override
    public void cancel() {
        ticket.end(Outcome.IGNORED);
        super.cancel();
    }
}
