package io.aicore.limit;

import io.aicore.internal.ClockReading;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CorePublisher;
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
final class ProtectedSubscriber<T> extends Operators.DeferredSubscription
        implements CoreSubscriber<T>, AdmissionCallback {

    private static final Logger LOG = Loggers.getLogger(CircuitBreaker.class);

    @SuppressWarnings("rawtypes") // A field updater knows no type arguments.
    private static final AtomicReferenceFieldUpdater<ProtectedSubscriber, Object> ADMISSION =
            AtomicReferenceFieldUpdater.newUpdater(ProtectedSubscriber.class, Object.class, "admission");

    /** A ticket and what ended the JVM while it was used: thrown when the caller has the end of the call. */
    private record LastTicket(Ticket ticket, Throwable jvmEnd) implements Ticket {
        @Override
        public boolean end(Outcome outcome) {
            return ticket.end(outcome);
        }

        @Override
        public boolean end(AttemptOutcome outcome) {
            return ticket.end(outcome);
        }

        @Override
        public void firstByte() {
            ticket.firstByte();
        }

        @Override
        public void broken() {
            ticket.broken();
        }

        @Override
        public void release() {
            ticket.release();
        }
    }

    private final CoreSubscriber<? super T> actual;
    private final Entry<T> entry;
    private final boolean single;

    /** The place where it waits, then its ticket: one field for both, as each makes every attempt larger. */
    private volatile @Nullable Object admission;

    private boolean committed;
    private boolean done;

    private ProtectedSubscriber(Entry<T> entry, CoreSubscriber<? super T> actual, boolean single) {
        this.entry = entry;
        this.actual = actual;
        this.single = single;
    }

    static <T> void subscribe(Entry<T> entry, CoreSubscriber<? super T> actual) {
        begin(entry, actual, false, null);
    }

    /**
     * For a source of at most one element: the place is released before the element is delivered.
     *
     * @param begun an instant of a moment ago, if the subscriber knows one
     */
    static <T> void subscribeToOne(Entry<T> entry, CoreSubscriber<? super T> actual, @Nullable ClockReading begun) {
        begin(entry, actual, true, begun);
    }

    private static <T> void begin(
            Entry<T> entry, CoreSubscriber<? super T> actual, boolean single, @Nullable ClockReading begun) {
        Ticket ticket;
        try {
            ticket = entry.ticketNow(actual.currentContext(), begun);
        } catch (Throwable refusal) {
            Operators.error(actual, Guard.signal(refusal));
            Guard.throwIfJvmEnds(refusal);
            return;
        }
        if (ticket instanceof Refusal refusal) {
            Operators.error(actual, refusal.why());
            return;
        }
        new ProtectedSubscriber<>(entry, actual, single).begin(ticket, begun);
    }

    private void begin(@Nullable Ticket ticket, @Nullable ClockReading begun) {
        ADMISSION.lazySet(this, ticket);
        try {
            actual.onSubscribe(this);
            if (isCancelled()) {
                return;
            }
            if (ticket != null) {
                run(ticket);
            } else {
                ask(begun);
            }
        } catch (Throwable thrown) {
            cancel();
            rejected(thrown);
        }
    }

    private void ask(@Nullable ClockReading begun) {
        Disposable place = entry.ask(currentContext(), begun, this);
        if (place == Entry.ANSWERED) {
            return;
        }
        ADMISSION.compareAndSet(this, null, place);
        if (isCancelled()) {
            place.dispose();
        } else if (place instanceof Waiter waiter) {
            waiter.begin();
        }
    }

    @Override
    public void admitted(AdmissionPermit permit) {
        admission = permit;
        if (isCancelled()) {
            end(AttemptOutcome.IGNORED);
            release();
            return;
        }
        run(permit);
    }

    private void run(Ticket ticket) {
        try {
            Publisher<? extends T> source = entry.source(ticket);
            if (source instanceof CorePublisher<? extends T> known) {
                known.subscribe(this);
            } else {
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
        if (single) {
            release();
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
        if (admission instanceof Disposable place) {
            place.dispose();
        }
        end(AttemptOutcome.IGNORED);
        super.cancel();
        release();
        throwJvmEnd();
    }

    private Ticket ticket() {
        return admission instanceof Ticket ticket ? ticket : Ticket.NONE;
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
            if (cause != null && Guard.endsJvm(cause)) {
                endsJvm(cause);
            }
            return AttemptOutcome.IGNORED;
        }
    }

    private void plugged(Throwable thrown) {
        if (Guard.endsJvm(thrown)) {
            endsJvm(thrown);
        } else {
            LOG.warn("A clock or a subscriber of a circuit's states threw; the call continues", thrown);
        }
    }

    private void endsJvm(Throwable thrown) {
        admission = new LastTicket(ticket(), thrown);
    }

    private void throwJvmEnd() {
        if (admission instanceof LastTicket last) {
            Guard.throwIfJvmEnds(last.jvmEnd());
        }
    }
}
