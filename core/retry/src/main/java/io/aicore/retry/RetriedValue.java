package io.aicore.retry;

import org.reactivestreams.Subscription;
import reactor.core.CorePublisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/** A call for one value, which ends it. */
final class RetriedValue<T> extends RetriedCall<T> {

    private volatile boolean wanted;

    RetriedValue(Plan plan, CorePublisher<? extends T> source, CoreSubscriber<? super T> actual) {
        super(plan, source, actual);
    }

    @Override
    void next(T value) {
        if (succeeded()) {
            actual.onNext(value);
            actual.onComplete();
        } else {
            Operators.onDiscard(value, this);
        }
    }

    @Override
    void demand(long more) {
        wanted = true;
        requestMissing();
    }

    /** Who asks for a value in two steps asks twice; there is one all the same. */
    @Override
    void requestMissing() {
        Subscription s = upstream();
        if (s != null && wanted) {
            s.request(Long.MAX_VALUE);
        }
    }

    @Override
    void deliverCut(Throwable error) {
        deliver(error);
    }

    @Override
    public boolean committed() {
        return false;
    }
}
