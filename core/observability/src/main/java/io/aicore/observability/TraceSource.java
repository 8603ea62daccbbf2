package io.aicore.observability;

import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import reactor.util.Loggers;
import reactor.util.context.ContextView;

/**
 * Finds the trace of a call in the caller's Reactor Context, including what the call's {@linkplain
 * io.aicore.llm.observe.CallObservation#callContext observers} add. Micrometer's observations are used if Micrometer
 * Tracing is on the class path; for another tracer, pass an implementation to the builder.
 */
@FunctionalInterface
public interface TraceSource {

    /** The trace and span of the call; {@link TraceIds#NONE} without one. Called on the caller's thread; must not block. */
    TraceIds of(ContextView context);

    /** The source for the libraries on the class path. */
    static TraceSource found() {
        try {
            return ServiceLoader.load(TraceSource.class, TraceSource.class.getClassLoader())
                    .findFirst()
                    .orElse(context -> TraceIds.NONE);
        } catch (ServiceConfigurationError | LinkageError e) {
            Loggers.getLogger(TraceSource.class).debug("records have no trace ids: Micrometer Tracing is missing", e);
            return context -> TraceIds.NONE;
        }
    }
}
