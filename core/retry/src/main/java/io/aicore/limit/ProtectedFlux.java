package io.aicore.limit;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/** A Flux as one attempt under admission control. */
final class ProtectedFlux<T> extends Flux<T> {

    private final Entry<T> entry;
    private final Function<? super Throwable, ? extends @Nullable AttemptOutcome> outcome;
    private final Predicate<? super T> commits;

    ProtectedFlux(
            Entry<T> entry,
            Function<? super Throwable, ? extends @Nullable AttemptOutcome> outcome,
            Predicate<? super T> commits) {
        this.entry = entry;
        this.outcome = outcome;
        this.commits = Objects.requireNonNull(commits, "commits");
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        ProtectedSubscriber.subscribe(entry, actual, outcome, commits);
    }
}
