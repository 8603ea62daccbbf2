package io.aicore.observability.metrics;

import io.micrometer.observation.Observation;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An observation that is started and stopped even if its handlers throw. */
record Running(Observation observation) {

    static Running start(Observation observation) {
        Shield.run(observation::start);
        return new Running(observation);
    }

    /**
     * Starts it as a child of another one. Micrometer's tracers use the current span of this thread as the parent,
     * whatever the observation's parent is, so the parent is made current during the start.
     */
    static Running start(Observation observation, Observation parent) {
        observation.parentObservation(parent);
        AtomicBoolean started = new AtomicBoolean();
        Shield.run(() -> parent.scoped(() -> {
            started.set(true);
            observation.start();
        }));
        return started.get() ? new Running(observation) : start(observation);
    }

    void event(LlmCallEvent event) {
        Shield.run(() -> TypedSpans.run(context(), event, () -> observation.event(event)));
    }

    void stop(@Nullable Throwable error) {
        if (error != null) {
            Shield.run(() -> observation.error(ErrorTypes.harmless(error)));
        }
        Shield.run(() -> TypedSpans.run(context(), null, observation::stop));
    }

    private Observation.Context context() {
        return observation.getContext();
    }
}
