package io.aicore.observability.metrics;

import io.micrometer.observation.Observation;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An observation that is started and stopped even if its handlers throw. */
record SafeObservation(Observation observation) {

    static SafeObservation start(Observation observation) {
        FaultIsolation.run(observation::start);
        return new SafeObservation(observation);
    }

    /**
     * Starts it as a child of another one. Micrometer's tracers use the current span of this thread as the parent,
     * whatever the observation's parent is, so a parent with a span is made current during the start.
     */
    static SafeObservation start(Observation observation, Observation parent) {
        observation.parentObservation(parent);
        if (!Traced.is(parent)) {
            return start(observation);
        }
        AtomicBoolean started = new AtomicBoolean();
        FaultIsolation.run(() -> parent.scoped(() -> {
            started.set(true);
            observation.start();
        }));
        return started.get() ? new SafeObservation(observation) : start(observation);
    }

    void event(LlmCallEvent event) {
        FaultIsolation.run(() -> TypedSpans.run(context(), event, () -> observation.event(event)));
    }

    void stop(@Nullable Throwable error) {
        if (error != null) {
            FaultIsolation.run(() -> observation.error(ErrorTypes.harmless(error)));
        }
        FaultIsolation.run(() -> TypedSpans.run(context(), null, observation::stop));
    }

    private Observation.Context context() {
        return observation.getContext();
    }
}
