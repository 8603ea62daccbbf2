package io.aicore.observability.metrics;

import io.aicore.limit.Guard;
import reactor.util.Logger;
import reactor.util.Loggers;

/** Isolates handlers, conventions and registries that throw. */
final class FaultIsolation {

    private static final Logger LOG = Loggers.getLogger(LlmObservations.class);

    private FaultIsolation() {}

    static void run(Runnable part) {
        try {
            part.run();
        } catch (Throwable thrown) {
            report(thrown);
        }
    }

    /** Another Micrometer on the class path is a LinkageError, a handler that recurses a StackOverflowError. */
    static void report(Throwable thrown) {
        Guard.throwIfJvmEnds(thrown);
        LOG.warn("an observation handler or convention failed; the call is not affected", thrown);
    }
}
