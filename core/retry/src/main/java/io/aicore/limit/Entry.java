package io.aicore.limit;

import io.aicore.internal.ClockReading;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.util.context.ContextView;

/** An attempt under admission control: where it asks for its ticket, what it runs with it, and what its signals mean. */
interface Entry<T> {

    Disposable ANSWERED = Disposables.disposed();

    /**
     * The ticket, if the attempt need not wait for it. A {@link Refusal} refuses it, as does what this throws.
     *
     * @param begun an instant of a moment ago, if the subscriber knows one
     * @return null for an attempt that has to {@link #ask}
     */
    @Nullable
    Ticket ticketNow(ContextView context, @Nullable ClockReading begun) throws Throwable;

    /**
     * Asks for a permit that was not there at once. Disposing the result leaves the queue. What this throws is a refusal.
     */
    default Disposable ask(ContextView context, @Nullable ClockReading begun, AdmissionCallback callback) {
        throw new IllegalStateException("an attempt without a ticket, and without a queue to wait in");
    }

    Publisher<? extends T> source(Ticket ticket);

    /** What an error says about the provider; null and what it throws are the caller's mistake. */
    @Nullable
    AttemptOutcome outcome(Throwable error);

    /** Whether an element is the success. */
    boolean commits(T element);
}
