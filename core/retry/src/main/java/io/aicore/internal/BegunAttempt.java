package io.aicore.internal;

import reactor.core.CorePublisher;
import reactor.core.CoreSubscriber;

/** A source that counts its attempt from an instant which its subscriber knows already. */
public interface BegunAttempt<T> extends CorePublisher<T> {

    void subscribe(CoreSubscriber<? super T> actual, ClockReading begun);
}
