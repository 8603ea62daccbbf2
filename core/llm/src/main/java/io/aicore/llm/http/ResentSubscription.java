package io.aicore.llm.http;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/** One subscription to the responses to a request that may be sent again: its demand passes to the next of them. */
abstract class ResentSubscription<T> implements CoreSubscriber<T>, Subscription {

    private volatile @Nullable Subscription response;
    private volatile boolean settled;
    private long requested;

    /** Whether nobody waits for a response any more. */
    abstract boolean isAbandoned();

    /** The request is not sent again. */
    final void settle() {
        settled = true;
    }

    final void cancelResponse() {
        Subscription subscription = response;
        if (subscription != null) {
            subscription.cancel();
        }
    }

    /** Comes a second time if the request is sent again. */
    @Override
    public final void onSubscribe(Subscription subscription) {
        long demand;
        synchronized (this) {
            response = subscription;
            demand = requested;
        }
        if (isAbandoned()) {
            subscription.cancel();
        } else if (demand > 0) {
            subscription.request(demand);
        }
    }

    @Override
    public final void request(long n) {
        if (!Operators.validate(n)) {
            return;
        }
        Subscription subscription = response;
        if (!settled) {
            synchronized (this) {
                subscription = response;
                requested = Operators.addCap(requested, n);
            }
        }
        if (subscription != null) {
            subscription.request(n);
        }
    }
}
