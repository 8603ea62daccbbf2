package io.aicore.observability.metrics;

import io.aicore.observability.TraceIds;
import io.aicore.observability.TraceSource;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/** Finds the trace of the observation in a Reactor Context. Loaded with {@link java.util.ServiceLoader}. */
public final class ObservedTraces implements TraceSource {

    // Fails to load here, and not with the first call, where Micrometer Tracing is missing.
    private static final Class<?> TRACING = TracingContext.class;

    // What a tracer calls a span that it does not make.
    private static final Pattern NOTHING = Pattern.compile("0*");

    public ObservedTraces() {}

    @Override
    public TraceIds of(ContextView context) {
        Observation around = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
        TracingContext tracing = around == null ? null : around.getContext().get(TRACING);
        Span span = tracing == null ? null : tracing.getSpan();
        return span == null
                ? TraceIds.NONE
                : new TraceIds(
                        known(span.context().traceId()), known(span.context().spanId()));
    }

    private static @Nullable String known(@Nullable String id) {
        return id == null || NOTHING.matcher(id).matches() ? null : id;
    }
}
