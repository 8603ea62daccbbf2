package io.aicore.observability.metrics;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.micrometer.tracing.otel.bridge.OtelSpan;
import org.jspecify.annotations.Nullable;

/** Adds types to attributes and events if Micrometer Tracing and its OpenTelemetry bridge are on the class path. */
final class TypedSpans {

    private static final boolean THERE = there();

    private TypedSpans() {}

    /** Reports the event, which has attributes of their types. */
    static void event(Observation observation, LlmCallEvent event) {
        if (THERE) {
            Bridge.run(observation.getContext(), event, () -> observation.event(event));
        } else {
            observation.event(event);
        }
    }

    /** Stops it; the attributes of its span are typed. */
    static void stop(Observation observation) {
        if (THERE) {
            Bridge.run(observation.getContext(), null, observation::stop);
        } else {
            observation.stop();
        }
    }

    private static boolean there() {
        try {
            return Bridge.there();
        } catch (LinkageError missing) {
            return false;
        }
    }

    /** A class of its own, loaded only if its libraries are present. */
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
