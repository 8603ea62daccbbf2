package io.aicore.retry;

import io.aicore.limit.CallNotPermittedException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

enum StandardClassifier implements FailureClassifier {
    INSTANCE;

    private static final Failure CIRCUIT_OPEN =
            Failure.permanent("the circuit is open").category("circuit_open");
    private static final Failure TIMED_OUT = Failure.retryable("timed out").category("timeout");

    @Override
    public Failure classify(Throwable error) {
        if (Causes.find(error, CallNotPermittedException.class) != null) {
            return CIRCUIT_OPEN;
        }
        if (Causes.find(error, TimeoutException.class) != null) {
            return TIMED_OUT;
        }
        Throwable io = Causes.find(error, IOException.class);
        if (io != null) {
            return Failure.retryable("I/O failed: " + Text.name(io)).category("connection");
        }
        return Failure.permanent(Text.name(error) + " is not retryable");
    }
}
