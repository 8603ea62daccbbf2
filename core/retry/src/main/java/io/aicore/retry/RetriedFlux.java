package io.aicore.retry;

import io.aicore.limit.Guard;
import java.util.function.Predicate;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.util.retry.Retry;

/** A Flux under {@link RetryOnFailure#protect}; inside another call's attempt it leaves retrying to that one. */
final class RetriedFlux<T> extends FluxOperator<T, T> {

    private final Plan plan;
    private final Predicate<? super T> commits;

    RetriedFlux(Plan plan, Flux<T> source, Predicate<? super T> commits) {
        super(source);
        this.plan = plan;
        this.commits = commits;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        if (actual.currentContext().hasKey(Attempt.class)) {
            Flux.deferContextual(outer -> {
                        Call nested = PlainCall.begin(plan, outer);
                        return Guard.subscribed(Flux.from(source))
                                .retryWhen(Retry.from(nested::companion))
                                .contextWrite(nested.start.admission()::in);
                    })
                    .subscribe(actual);
            return;
        }
        RetriedStream<T> call;
        try {
            call = new RetriedStream<>(plan, source, commits, actual);
        } catch (Throwable thrown) {
            RetriedCall.notBegun(actual, thrown);
            return;
        }
        call.subscribe();
    }
}
