package io.aicore.observability.metrics;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.micrometer.tracing.otel.bridge.OtelSpan;
import org.jspecify.annotations.Nullable;

/** Types for attributes and events, where Micrometer Tracing and its OpenTelemetry bridge are on the class path. */
final class TypedSpans {

    private static final boolean THERE = there();

    private TypedSpans() {}

    /** Runs this; what it makes a tracing handler tell of the observation's span is typed. */
    static void run(Observation.Context context, @Nullable LlmCallEvent event, Runnable part) {
        if (THERE) {
            Bridge.run(context, event, part);
        } else {
            part.run();
        }
    }

    private static boolean there() {
        try {
            return Bridge.there();
        } catch (LinkageError missing) {
            return false;
        }
    }

    /** A class of its own: it is loaded only where it can be. */
    private static final class Bridge {

        static boolean there() {
            // Loads the classes it needs.
            return TracingContext.class != null && TypedSpan.class != null && OtelSpan.class != null;
        }

        static void run(Observation.Context context, @Nullable LlmCallEvent event, Runnable part) {
            TracingContext tracing = context.get(TracingContext.class);
            Span span = tracing == null ? null : tracing.getSpan();
            if (tracing == null || !(span instanceof OtelSpan bridged)) {
                part.run();
                return;
            }
            // A handler asks the context for the span it tags and ends. The other one has the same identity and parent.
            tracing.setSpan(new TypedSpan(bridged, event));
            try {
                part.run();
            } finally {
                tracing.setSpan(span);
            }
        }
    }
}
