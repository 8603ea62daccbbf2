package io.aicore.observability.metrics;

import io.micrometer.observation.Observation;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An observation that was started and is stopped, whatever its handlers throw. */
record Running(Observation observation) {

    static Running start(Observation observation) {
        Shield.run(observation::start);
        return new Running(observation);
    }

    /**
     * Starts it as a child of another one. Micrometer's tracers take the span that is current on this thread for the parent,
     * whatever the observation says, so the parent is made the current one for that moment.
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
