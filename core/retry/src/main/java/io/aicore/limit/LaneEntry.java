package io.aicore.limit;

import io.aicore.internal.ClockReading;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * An attempt that a lane admits.
 *
 * @param call null: that of the Context
 */
record LaneEntry<T>(
        AdmissionLane lane,
        @Nullable AdmissionCall call,
        Function<? super AdmissionPermit, ? extends Publisher<T>> attempt,
        Function<? super Throwable, AttemptOutcome> outcomes,
        Predicate<? super T> commit)
        implements Entry<T> {

    @Override
    public @Nullable Ticket ticketNow(ContextView context, @Nullable ClockReading begun) throws Throwable {
        return lane.permitNow(context, call, begun);
    }

    @Override
    public Disposable ask(ContextView context, @Nullable ClockReading begun, AdmissionCallback callback) {
        AdmissionCall asking = call == null ? AdmissionCall.from(context) : call;
        return lane.enter(asking, CircuitBreaker.isRetry(context), begun, callback);
    }

    @Override
    public Publisher<? extends T> source(Ticket ticket) {
        try {
            return Objects.requireNonNull(attempt.apply((AdmissionPermit) ticket), "the attempt gave null");
        } catch (Throwable thrown) {
            Guard.throwIfJvmEnds(thrown);
            return Mono.error(Guard.signal(thrown));
        }
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
