package io.aicore.observability.metrics;

import io.aicore.limit.Guard;
import reactor.util.Logger;
import reactor.util.Loggers;

/** Isolates handlers, conventions and registries that throw. */
final class Shield {

    private static final Logger LOG = Loggers.getLogger(LlmObservations.class);

    private Shield() {}

    static void run(Runnable part) {
        try {
            part.run();
        } catch (Throwable thrown) {
            // Another Micrometer on the class path is a LinkageError, a handler that recurses a StackOverflowError.
            Guard.throwIfJvmEnds(thrown);
            LOG.warn("An observation's handler or convention threw; the call goes on", thrown);
        }
    }
}
