package io.aicore.limit;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.util.context.ContextView;

/** An attempt under admission control: where it asks for its ticket, what it runs with it, and what its signals mean. */
interface Entry<T> {

    /** Hears the answer, once. */
    interface Visitor extends AdmissionCallback {
        void admitted(Ticket ticket);

        @Override
        default void admitted(AdmissionPermit permit) {
            admitted((Ticket) permit);
        }
    }

    Disposable ANSWERED = Disposables.disposed();

    /** Disposing the result leaves the queue. What it throws is a refusal. */
    Disposable ask(ContextView context, Visitor visitor);

    Publisher<? extends T> source(Ticket ticket);

    /** What an error says about the provider; null and what it throws are the caller's mistake. */
    @Nullable
    AttemptOutcome outcome(Throwable error);

    /** Whether an element is the success. */
    boolean commits(T element);
}
