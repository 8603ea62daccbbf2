package io.aicore.limit;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** A Mono as one attempt under admission control. */
final class ProtectedMono<T> extends Mono<T> {

    private final Entry<T> entry;
    private final Function<? super Throwable, ? extends @Nullable AttemptOutcome> outcome;

    ProtectedMono(Entry<T> entry, Function<? super Throwable, ? extends @Nullable AttemptOutcome> outcome) {
        this.entry = entry;
        this.outcome = outcome;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        ProtectedSubscriber.subscribe(entry, actual, outcome, any -> true);
    }
}
