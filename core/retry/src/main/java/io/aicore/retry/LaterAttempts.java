package io.aicore.retry;

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/** The attempts of a call after the first one, as {@code retryWhen} hands them on. */
record LaterAttempts<T>(RetriedCall<T> call) implements CoreSubscriber<T> {

    @Override
    public Context currentContext() {
        return call;
    }

    @Override
    public void onSubscribe(Subscription s) {
        call.onSubscribe(s);
    }

    @Override
    public void onNext(T value) {
        call.next(value);
    }

    @Override
    public void onError(Throwable error) {
        call.deliver(error);
    }

    @Override
    public void onComplete() {
        call.complete();
    }
}
