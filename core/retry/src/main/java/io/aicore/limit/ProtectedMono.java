package io.aicore.limit;

import java.util.function.Function;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.util.context.ContextView;

/** A Mono as one attempt under admission control. */
final class ProtectedMono<T> extends MonoOperator<T, T> {

    private final Function<? super ContextView, ? extends Ticket> admission;
    private final Function<? super Throwable, Outcome> outcome;

    ProtectedMono(
            Mono<T> source,
            Function<? super ContextView, ? extends Ticket> admission,
            Function<? super Throwable, Outcome> outcome) {
        super(source);
        this.admission = admission;
        this.outcome = outcome;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        ProtectedSubscriber.subscribe(source, actual, admission, outcome, any -> true);
    }
}
