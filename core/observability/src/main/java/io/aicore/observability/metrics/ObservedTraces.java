package io.aicore.observability.metrics;

import io.aicore.observability.CallIds;
import io.aicore.observability.TraceSource;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/** Finds the trace of the observation in the caller's Reactor Context. Loaded with {@link java.util.ServiceLoader}. */
public final class ObservedTraces implements TraceSource {

    // Fails to load here, and not with the first call, where Micrometer Tracing is missing.
    private static final Class<?> TRACING = TracingContext.class;

    public ObservedTraces() {}

    @Override
    public CallIds of(ContextView context) {
        Observation around = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
        TracingContext tracing = around == null ? null : around.getContext().get(TRACING);
        Span span = tracing == null ? null : tracing.getSpan();
        return span == null
                ? CallIds.NONE
                : new CallIds(
                        null,
                        known(span.context().traceId()),
                        known(span.context().spanId()));
    }

    private static @Nullable String known(@Nullable String id) {
        return id == null || id.isEmpty() ? null : id;
    }
}
