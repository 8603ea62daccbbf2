package io.aicore.limit;

import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** A Mono as one attempt under admission control. */
final class ProtectedMono<T> extends Mono<T> {

    private final Entry<T> entry;

    ProtectedMono(Entry<T> entry) {
        this.entry = entry;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        ProtectedSubscriber.subscribeToOne(entry, actual, null);
    }
}
