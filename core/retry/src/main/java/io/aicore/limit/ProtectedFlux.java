package io.aicore.limit;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.util.context.ContextView;

/** A Flux as one attempt under admission control. */
final class ProtectedFlux<T> extends FluxOperator<T, T> {

    private final Function<? super ContextView, ? extends Ticket> admission;
    private final Function<? super Throwable, Outcome> outcome;
    private final Predicate<? super T> commits;

    ProtectedFlux(
            Flux<T> source,
            Function<? super ContextView, ? extends Ticket> admission,
            Function<? super Throwable, Outcome> outcome,
            Predicate<? super T> commits) {
        super(source);
        this.admission = admission;
        this.outcome = outcome;
        this.commits = Objects.requireNonNull(commits, "commits");
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        ProtectedSubscriber.subscribe(source, actual, admission, outcome, commits);
    }
}
