package io.aicore.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;

/** Meters beside other handlers and registries. */
class MeterRegistriesTest extends MeteredCalls {

    @Test
    void aDefaultMeterHandlerMakesNoSecondTimer() {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        LlmObservations beside = LlmObservations.of(registry, meters);

        drain(
                ScriptedCalls.onVirtualTime(time, config -> config.observer(beside))
                        .fails(ScriptedCalls.overloaded())
                        .answers()
                        .stream("why"));
        Observation.createNotStarted("job", registry).observe(() -> {});
        Observation.createNotStarted("gen_ai.client.operation", registry)
                .lowCardinalityKeyValue("gen_ai.system", "of another library")
                .observe(() -> {});

        assertThat(meters.get("gen_ai.client.operation.duration").timer().count())
                .isEqualTo(1);
        assertThat(meters.get("job").timer().count()).isEqualTo(1);
        assertThat(meters.get("gen_ai.client.operation").timers()).hasSize(1);
        assertThat(meters.getMeters())
                .extracting(meter -> meter.getId().getName())
                .filteredOn(name -> name.startsWith("gen_ai") || name.startsWith("aicore"))
                .containsOnly("""
                        gen_ai.client.operation gen_ai.client.operation.active gen_ai.client.operation.duration
                        gen_ai.client.operation.duration.histogram gen_ai.client.operation.time_to_first_chunk
                        gen_ai.client.operation.time_to_first_chunk.histogram gen_ai.client.token.usage
                        gen_ai.client.token.usage.histogram aicore.client.token.parts aicore.client.retries
                        aicore.circuit.state aicore.admission.gate.closed aicore.admission.gate.rate
                        aicore.admission.gate.waiting aicore.admission.waiting aicore.admission.in_flight
                        aicore.admission.rejected aicore.retry.budget""".split("\\s+"));
        assertThat(meters.get("gen_ai.client.operation.active").longTaskTimers())
                .allSatisfy(timer ->
                        assertThat(timer.getId().getTag("gen_ai.system")).isNotNull());
    }

    @Test
    void aRegistryInUseIsGivenNoFilterUnasked() {
        MeterRegistry used = new SimpleMeterRegistry();
        used.counter("before");
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(used));
        LlmObservations beside = LlmObservations.of(registry, used);

        drain(ScriptedCalls.onVirtualTime(time, config -> config.observer(beside))
                .answers()
                .complete("why"));

        assertThat(used.get("gen_ai.client.operation").timer().count()).isEqualTo(1);
    }

    @Test
    void withoutObservationsThereAreMetersAllTheSame() {
        LlmObservations noop = LlmObservations.of(ObservationRegistry.NOOP, meters);

        drain(ScriptedCalls.onVirtualTime(time, config -> config.observer(noop))
                .answers()
                .complete("why"));

        assertThat(meters.get("gen_ai.client.operation.duration")
                        .tag("gen_ai.request.model", "model-1")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aHandlerThatThrowsKeepsNoMeterFromCounting() {
        ObservationRegistry broken = ObservationRegistry.create();
        broken.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
            @Override
            public void onStart(Observation.Context context) {
                throw new IllegalStateException("start");
            }

            @Override
            public void onStop(Observation.Context context) {
                throw new IllegalStateException("stop");
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });

        drain(ScriptedCalls.onVirtualTime(time, config -> config.observer(LlmObservations.of(broken, meters)))
                .fails(ScriptedCalls.overloaded())
                .answers()
                .complete("why"));

        assertThat(meters.get("gen_ai.client.operation.duration").timer().count())
                .isEqualTo(1);
        assertThat(retries("overloaded")).isEqualTo(1);
    }
}
