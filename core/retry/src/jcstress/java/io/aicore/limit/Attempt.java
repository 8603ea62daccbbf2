package io.aicore.limit;

import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** The two ends of a protected attempt: what the provider does, and what the caller does. */
final class Attempt implements Publisher<String> {

    final Caller caller = new Caller();
    private Subscriber<? super String> provider;

    @Override
    public void subscribe(Subscriber<? super String> subscriber) {
        provider = subscriber;
        subscriber.onSubscribe(new Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {}
        });
    }

    void answers() {
        provider.onNext("answer");
        provider.onComplete();
    }

    void fails(Throwable error) {
        provider.onError(error);
    }

    void isCancelled() {
        caller.subscription.cancel();
    }

    static final class Caller implements CoreSubscriber<String> {
        private Subscription subscription;

        @Override
        public void onSubscribe(Subscription s) {
            subscription = s;
            s.request(1);
        }

        @Override
        public void onNext(String value) {}

        @Override
        public void onError(Throwable error) {}

        @Override
        public void onComplete() {}
    }
}
