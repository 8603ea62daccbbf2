package io.aicore.retry;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/** A source whose first subscription has failed already; the next ones are its own. For one subscriber. */
final class FailedOnce<T> extends Flux<T> {

    private final Publisher<? extends T> source;
    private @Nullable Throwable failure;

    FailedOnce(Throwable failure, Publisher<? extends T> source) {
        this.failure = failure;
        this.source = source;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        Throwable first = failure;
        if (first != null) {
            failure = null;
            Operators.error(actual, first);
        } else {
            source.subscribe(actual);
        }
    }
}
