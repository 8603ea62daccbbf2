package io.aicore.observability.metrics;

import io.micrometer.observation.Observation;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Starts and stops observations even if their handlers throw. */
final class SafeObservation {

    private SafeObservation() {}

    static void start(Observation observation) {
        try {
            observation.start();
        } catch (Throwable thrown) {
            FaultIsolation.report(thrown);
        }
    }

    /**
     * Starts it as a child of another one. Micrometer's tracers use the current span of this thread as the parent,
     * whatever the observation's parent is, so a parent with a span is made current during the start.
     */
    static void start(Observation observation, Observation parent) {
        observation.parentObservation(parent);
        if (!Traced.is(parent)) {
            start(observation);
            return;
        }
        AtomicBoolean started = new AtomicBoolean();
        FaultIsolation.run(() -> parent.scoped(() -> {
            started.set(true);
            observation.start();
        }));
        if (!started.get()) {
            start(observation);
        }
    }

    static void event(Observation observation, LlmCallEvent event) {
        FaultIsolation.run(() -> TypedSpans.event(observation, event));
    }

    static void stop(Observation observation, @Nullable Throwable error) {
        if (error != null) {
            FaultIsolation.run(() -> observation.error(ErrorTypes.harmless(error)));
        }
        try {
            TypedSpans.stop(observation);
        } catch (Throwable thrown) {
            FaultIsolation.report(thrown);
        }
    }
}
