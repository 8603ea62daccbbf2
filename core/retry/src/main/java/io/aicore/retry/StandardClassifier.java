package io.aicore.retry;

import io.aicore.limit.CallNotPermittedException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

enum StandardClassifier implements FailureClassifier {
    INSTANCE;

    @Override
    public Failure classify(Throwable error) {
        if (Causes.find(error, CallNotPermittedException.class) != null) {
            return Failure.permanent("the circuit is open").category("circuit_open");
        }
        if (Causes.find(error, TimeoutException.class) != null) {
            return Failure.retryable("timed out").category("timeout");
        }
        Throwable io = Causes.find(error, IOException.class);
        if (io != null) {
            return Failure.retryable("I/O failed: " + Text.name(io)).category("connection");
        }
        return Failure.permanent(Text.name(error) + " is not retryable");
    }
}
