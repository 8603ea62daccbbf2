package io.aicore.observability.metrics;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import org.jspecify.annotations.Nullable;

/** Knows the observations that have a span of Micrometer Tracing, which may be missing. */
final class Traced {

    private static final @Nullable Class<?> TRACING = tracing();

    private Traced() {}

    static boolean is(Observation observation) {
        return TRACING != null && observation.getContext().containsKey(TRACING);
    }

    private static @Nullable Class<?> tracing() {
        try {
            return TracingContext.class;
        } catch (LinkageError missing) {
            return null;
        }
    }
}
