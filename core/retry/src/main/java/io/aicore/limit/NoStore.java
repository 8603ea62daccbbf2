package io.aicore.limit;

import java.util.function.Consumer;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** Shares nothing. */
final class NoStore implements AdmissionStore {

    @Override
    public void tell(Hold hold) {}

    @Override
    public Disposable hear(String admission, Consumer<Hold> listener) {
        return Disposables.disposed();
    }
}
