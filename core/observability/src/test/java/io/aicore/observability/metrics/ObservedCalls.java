package io.aicore.observability.metrics;

import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.observe.CallKind;
import io.aicore.llm.observe.CallObservation;
import io.aicore.llm.observe.CallRequest;
import io.aicore.testkit.CallEvents;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.context.Context;

/** Calls whose observations are recorded, on virtual time. */
abstract class ObservedCalls {

    final VirtualTimeScheduler time = VirtualTimeScheduler.create();

    final ObservationRegistry registry = ObservationRegistry.create();

    final Recorded recorded = Recorded.in(registry);

    /** A call that is told by hand. */
    CallObservation begun() {
        CallRequest request = CallRequest.of(CallKind.COMPLETE, CompletionRequest.of(ScriptedCalls.PROMPT));
        return LlmObservations.of(registry)
                .begin(CallEvents.start("mistral", null, request, provider().circuit("model-1")), Context.empty());
    }

    ScriptedCalls provider() {
        return provider(config -> config);
    }

    ScriptedCalls provider(UnaryOperator<LlmConfigBuilder> settings) {
        return ScriptedCalls.onVirtualTime(
                time, config -> settings.apply(config).observer(LlmObservations.of(registry)));
    }

    void complete(ScriptedCalls provider) {
        drain(provider.complete(ScriptedCalls.PROMPT));
    }

    void fail(ScriptedCalls provider) {
        StepVerifier.create(provider.complete(ScriptedCalls.PROMPT))
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
                .verifyError(LlmException.class);
    }

    void drain(org.reactivestreams.Publisher<?> call) {
        StepVerifier.create(Flux.from(call).ignoreElements())
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
                .verifyComplete();
    }
}
