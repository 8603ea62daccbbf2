package io.aicore.retry;

import io.aicore.limit.Guard;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.util.retry.Retry;

/** A Mono under {@link RetryOnFailure#protect}; inside another call's attempt it leaves retrying to that one. */
final class RetriedMono<T> extends MonoOperator<T, T> {

    private final Plan plan;

    RetriedMono(Plan plan, Mono<T> source) {
        super(source);
        this.plan = plan;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        if (actual.currentContext().hasKey(Attempt.class)) {
            Mono.deferContextual(outer -> {
                        Call nested = PlainCall.begin(plan, outer);
                        return Guard.subscribed(Mono.from(source))
                                .retryWhen(Retry.from(nested::companion))
                                .contextWrite(nested.start.admission()::in);
                    })
                    .subscribe(actual);
            return;
        }
        RetriedValue<T> call;
        try {
            call = new RetriedValue<>(plan, source, actual);
        } catch (Throwable thrown) {
            RetriedCall.notBegun(actual, thrown);
            return;
        }
        call.subscribe();
    }
}
