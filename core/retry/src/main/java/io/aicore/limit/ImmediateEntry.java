package io.aicore.limit;

import io.aicore.internal.ClockReading;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.util.context.ContextView;

/**
 * An attempt whose ticket is there at once, or not at all.
 *
 * @param admission takes the ticket; what it throws is the refusal
 */
record ImmediateEntry<T>(
        Publisher<? extends T> source,
        Function<ContextView, Ticket> admission,
        Function<? super Throwable, ? extends @Nullable AttemptOutcome> outcomes,
        Predicate<? super T> commit)
        implements Entry<T> {

    ImmediateEntry {
        Objects.requireNonNull(commit, "commits");
    }

    @Override
    public Ticket ticketNow(ContextView context, @Nullable ClockReading begun) {
        return admission.apply(context);
    }

    @Override
    public Publisher<? extends T> source(Ticket ticket) {
        return source;
    }

    @Override
    public @Nullable AttemptOutcome outcome(Throwable error) {
        return outcomes.apply(error);
    }

    @Override
    public boolean commits(T element) {
        return commit.test(element);
    }
}
