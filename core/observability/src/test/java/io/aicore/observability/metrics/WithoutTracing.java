package io.aicore.observability.metrics;

import io.micrometer.observation.ObservationRegistry;
import reactor.core.scheduler.Schedulers;

/** A call with a retry in a program that has Micrometer but neither its tracing nor OpenTelemetry. */
public final class WithoutTracing {

    private WithoutTracing() {}

    /** What the handlers were told. */
    public static String call() {
        ObservationRegistry registry = ObservationRegistry.create();
        Recorded recorded = Recorded.in(registry);
        ScriptedCalls.onRealTime(config -> config.observer(LlmObservations.of(registry)))
                .fails(ScriptedCalls.overloaded())
                .answers()
                .complete("why")
                .block();
        Schedulers.shutdownNow();
        return recorded.events.stream().map(LlmCallEvent::getContextualName).toList() + " "
                + Recorded.tags(recorded.call()).get("gen_ai.usage.output_tokens");
    }
}
