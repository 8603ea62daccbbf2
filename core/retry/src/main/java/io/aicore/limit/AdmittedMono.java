package io.aicore.limit;

import io.aicore.internal.BegunAttempt;
import io.aicore.internal.ClockReading;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** A Mono as one attempt that a lane admits; a {@link ProtectedMono} and its entry in one object. */
final class AdmittedMono<T> extends Mono<T> implements Entry<T>, BegunAttempt<T> {

    private final AdmissionLane lane;
    private final Mono<T> source;
    private final Function<? super Throwable, AttemptOutcome> outcome;

    AdmittedMono(AdmissionLane lane, Mono<T> source, Function<? super Throwable, AttemptOutcome> outcome) {
        this.lane = lane;
        this.source = source;
        this.outcome = outcome;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        ProtectedSubscriber.subscribeToOne(this, actual, null);
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual, ClockReading begun) {
        ProtectedSubscriber.subscribeToOne(this, actual, begun);
    }

    @Override
    public @Nullable Ticket ticketNow(ContextView context, @Nullable ClockReading begun) throws Throwable {
        return lane.permitNow(context, null, begun);
    }

    @Override
    public Disposable ask(ContextView context, @Nullable ClockReading begun, AdmissionCallback callback) {
        return lane.enter(AdmissionCall.from(context), CircuitBreaker.isRetry(context), begun, callback);
    }

    @Override
    public Publisher<? extends T> source(Ticket ticket) {
        return source;
    }

    @Override
    public @Nullable AttemptOutcome outcome(Throwable error) {
        return outcome.apply(error);
    }

    @Override
    public boolean commits(T value) {
        return true;
    }
}
