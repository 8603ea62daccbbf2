package io.aicore.observability.metrics;

import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitSettings;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.observe.CallKind;
import io.aicore.llm.observe.CallObservation;
import io.aicore.llm.observe.CallRequest;
import io.aicore.testkit.CallEvents;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.context.Context;

/** Calls whose meters are read, on virtual time. */
abstract class MeteredCalls {

    final VirtualTimeScheduler time = VirtualTimeScheduler.create();

    final MeterRegistry meters = new SimpleMeterRegistry();

    final LlmObservations observations = LlmObservations.of(ObservationRegistry.create(), meters);

    void begin(CircuitBreaker circuit) {
        CallRequest request = CallRequest.of(
                CallKind.COMPLETE,
                CompletionRequest.builder().user("why").model("model-1").build());
        observations.begin(CallEvents.start("mistral", "llm.example", request, circuit), Context.empty());
    }

    CallObservation begin(LlmObservations observer, CallRequest request) {
        CircuitBreaker circuit = CircuitBreaker.of("circuit", CircuitSettings.defaults());
        return observer.begin(CallEvents.start("mistral", "llm.example", request, circuit), Context.empty());
    }

    double circuit(String state) {
        return meters.get("aicore.circuit.state")
                .tags("state", state, "gen_ai.request.model", "model-1", "server.address", "llm.example")
                .gauge()
                .value();
    }

    double retries(String cause) {
        return meters.get("aicore.client.retries")
                .tag("error.type", cause)
                .counter()
                .count();
    }

    ScriptedCalls provider() {
        return provider(config -> config);
    }

    ScriptedCalls provider(UnaryOperator<LlmConfigBuilder> settings) {
        return ScriptedCalls.onVirtualTime(
                time, config -> settings.apply(config).observer(observations));
    }

    void drain(Publisher<?> call) {
        StepVerifier.create(Flux.from(call).ignoreElements())
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
                .verifyComplete();
    }
}
