package io.aicore.limit;

import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/** A Flux as one attempt under admission control. */
final class ProtectedFlux<T> extends Flux<T> {

    private final Entry<T> entry;

    ProtectedFlux(Entry<T> entry) {
        this.entry = entry;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        ProtectedSubscriber.subscribe(entry, actual);
    }
}
