package io.aicore.observability;

import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import reactor.util.Loggers;
import reactor.util.context.ContextView;

/**
 * Where the trace of a call is found: in the caller's Reactor Context. Micrometer's observations are read where Micrometer
 * Tracing is on the class path; for another tracer, give the builder one of these.
 */
@FunctionalInterface
public interface TraceSource {

    /** The trace and span around the call; {@link CallIds#NONE} if there are none. Called on the caller's thread; must not block. */
    CallIds of(ContextView context);

    /** The one that goes with the libraries that are there. */
    static TraceSource found() {
        try {
            return ServiceLoader.load(TraceSource.class, TraceSource.class.getClassLoader())
                    .findFirst()
                    .orElse(context -> CallIds.NONE);
        } catch (ServiceConfigurationError | LinkageError e) {
            Loggers.getLogger(TraceSource.class).debug("records have no trace ids: Micrometer Tracing is not there", e);
            return context -> CallIds.NONE;
        }
    }
}
