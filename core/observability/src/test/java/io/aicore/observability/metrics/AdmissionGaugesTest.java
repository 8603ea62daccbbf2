package io.aicore.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.error.RateLimitedException;
import io.aicore.retry.RetrySettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

/** Gates, queues and retry budgets as gauges. */
class AdmissionGaugesTest extends MeteredCalls {

    private final ScriptedCalls provider =
            provider(config -> config.retrySettings(RetrySettings.defaults().maxRetries(0)));

    private double gauge(String name) {
        return meters.get("aicore." + name)
                .tags("gen_ai.provider.name", "mistral_ai", "server.address", "llm.example", "server.port", "8443")
                .gauge()
                .value();
    }

    private double gate(String name, String model) {
        return meters.get("aicore.admission.gate." + name)
                .tags("gen_ai.request.model", model)
                .gauge()
                .value();
    }

    private void refused(Duration retryAfter) {
        provider.fails(ScriptedCalls.rateLimited(retryAfter));
        StepVerifier.create(provider.complete("why")).verifyError(RateLimitedException.class);
    }

    @Test
    void anOpenGateHasNoRateAndNothingWaits() {
        drain(provider.answers().complete("why"));

        assertThat(gate("closed", "model-1")).isZero();
        assertThat(gate("rate", "model-1")).isNaN();
        assertThat(gate("waiting", "model-1")).isZero();
        assertThat(gauge("admission.waiting")).isZero();
        assertThat(gauge("admission.in_flight")).isZero();
        assertThat(gauge("retry.budget")).isCloseTo(5.15, within());
    }

    @Test
    void aRefusalClosesTheGateForAsLongAsItAskedAndCallsWaitThere() {
        refused(Duration.ofSeconds(10));
        double closed = gate("closed", "model-1");
        Disposable waiting = provider.answers().complete("why").subscribe();

        assertThat(closed).isBetween(10.0, 12.5);
        assertThat(gate("waiting", "model-1")).isEqualTo(1);
        assertThat(gauge("admission.waiting")).isEqualTo(1);

        time.advanceTimeBy(Duration.ofSeconds(4));
        assertThat(gate("closed", "model-1")).isCloseTo(closed - 4, within());
        time.advanceTimeBy(Duration.ofSeconds(30));
        assertThat(waiting.isDisposed()).isTrue();
        assertThat(gate("closed", "model-1")).isZero();
        assertThat(gauge("admission.waiting")).isZero();
    }

    @Test
    void theFirstFortyModelsHaveGauges() {
        for (int i = 0; i < 60; i++) {
            drain(provider.answers()
                    .complete(io.aicore.llm.chat.CompletionRequest.builder()
                            .user("why")
                            .model("model-" + i)
                            .build()));
        }

        assertThat(meters.find("aicore.admission.gate.closed").gauges()).hasSize(40);
    }

    @Test
    void anotherModelHasAGateOfItsOwn() {
        drain(provider.answers()
                .complete(io.aicore.llm.chat.CompletionRequest.builder()
                        .user("why")
                        .model("model-2")
                        .build()));
        refused(Duration.ofSeconds(10));

        assertThat(gate("closed", "model-1")).isPositive();
        assertThat(gate("closed", "model-2")).isZero();
    }

    @Test
    void noTagNamesAKey() {
        refused(Duration.ofSeconds(10));

        assertThat(meters.getMeters())
                .filteredOn(meter -> meter.getId().getName().startsWith("aicore."))
                .isNotEmpty()
                .allSatisfy(meter ->
                        assertThat(meter.getId().getTags().toString()).doesNotContain("key", "secret", "configured"));
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(0.001);
    }
}
