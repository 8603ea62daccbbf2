package io.aicore.limit;

import io.aicore.internal.BegunAttempt;
import io.aicore.internal.ClockReading;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** A Mono as one attempt that a circuit admits; a {@link ProtectedMono} and its entry in one object. */
final class CircuitMono<T> extends Mono<T> implements Entry<T>, BegunAttempt<T> {

    private final CircuitBreaker breaker;
    private final Mono<T> source;

    CircuitMono(CircuitBreaker breaker, Mono<T> source) {
        this.breaker = breaker;
        this.source = source;
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
    public Ticket ticketNow(ContextView context, @Nullable ClockReading begun) {
        Circuit circuit = breaker.core();
        Permit permit = circuit.acquireOrNull(CircuitBreaker.isRetry(context), begun);
        return permit == null ? new Refusal(circuit.refuse(begun)) : permit;
    }

    @Override
    public Publisher<? extends T> source(Ticket ticket) {
        return source;
    }

    @Override
    public @Nullable AttemptOutcome outcome(Throwable error) {
        return breaker.read(error);
    }

    @Override
    public boolean commits(T value) {
        return true;
    }
}
