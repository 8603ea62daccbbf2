package io.aicore.limit;

import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.util.context.ContextView;

/** Where an attempt asks for its ticket, and gets it now or later. */
@FunctionalInterface
interface Entry<T> {

    /** Hears the answer, once. */
    interface Visitor<T> {
        void admitted(Ticket ticket, Publisher<? extends T> source);

        void refused(Throwable why);
    }

    Disposable ANSWERED = Disposables.disposed();

    /** Disposing the result leaves the queue. What it throws is a refusal. */
    Disposable ask(ContextView context, Visitor<T> visitor);

    /** A ticket that is there at once, or not at all. */
    interface Immediate {
        Ticket take(ContextView context);

        default <T> Entry<T> before(Publisher<? extends T> source) {
            return (context, visitor) -> {
                visitor.admitted(take(context), source);
                return ANSWERED;
            };
        }
    }
}
