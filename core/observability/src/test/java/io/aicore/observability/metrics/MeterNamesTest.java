package io.aicore.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallKind;
import io.aicore.llm.observe.CallOutcome;
import io.aicore.llm.observe.CallRequest;
import io.aicore.testkit.CallEvents;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;

/** Names and tags of meters: documented, bounded, and those of the conventions. */
class MeterNamesTest extends MeteredCalls {

    @Test
    void underTheNewerConventionsAnAnswerIsAnInference() {
        LlmObservations newer = observations.conventions(GenAiConventions.GENAI_0_1_0);

        drain(ScriptedCalls.onVirtualTime(time, config -> config.observer(newer))
                .then(Flux.concat(Flux.just(CompletionChunk.text("one")), ScriptedCalls.answer()))
                .stream("why"));

        assertThat(meters.get("gen_ai.client.inference.duration")
                        .tags("error.type", "none", "gen_ai.response.model", "model-1-dated")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("gen_ai.client.inference.time_to_first_chunk")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("gen_ai.client.inference.time_per_output_chunk")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(spent("input_tokens")).isEqualTo(7);
        assertThat(spent("output_tokens")).isEqualTo(100);
        assertThat(spent("cache_read.input_tokens")).isEqualTo(3);
        assertThat(spent("cache_write.input_tokens")).isEqualTo(2);
        assertThat(spent("reasoning.output_tokens")).isEqualTo(40);
        assertThat(meters.get("gen_ai.client.inference.operation.output_tokens")
                        .summary()
                        .totalAmount())
                .isEqualTo(100);
        assertThat(meters.getMeters())
                .extracting(meter -> meter.getId().getName())
                .doesNotContain(
                        "gen_ai.client.operation.duration",
                        "gen_ai.client.operation.time_to_first_chunk",
                        "gen_ai.client.token.usage",
                        "aicore.client.token.parts");
        documented();
    }

    @Test
    void underTheNewerConventionsVectorsHaveTheirOwnAndCountingTokensKeepsItsName() {
        LlmObservations newer = observations.conventions(GenAiConventions.GENAI_0_1_0);
        CallEnd end = CallEvents.end(CallOutcome.SUCCESS, Duration.ofSeconds(3), Usage.of(12, 0), null);

        begin(newer, CallRequest.of(EmbeddingRequest.of("why").model("model-1")))
                .ended(end);
        begin(newer, CallRequest.of(CallKind.COUNT_TOKENS, CompletionRequest.of("why")))
                .ended(CallEvents.end(CallOutcome.SUCCESS));

        assertThat(meters.get("gen_ai.client.embeddings.duration").timer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(3);
        assertThat(meters.get("gen_ai.client.embeddings.operation.input_tokens")
                        .summary()
                        .totalAmount())
                .isEqualTo(12);
        assertThat(meters.get("gen_ai.client.operation.duration")
                        .tag("gen_ai.operation.name", "count_tokens")
                        .timer()
                        .count())
                .isEqualTo(1);
        documented();
    }

    @ParameterizedTest
    @CsvSource({
        "gen_ai_latest_experimental, GENAI_0_1_0",
        "'http/dup, gen_ai_latest_experimental', GENAI_0_1_0",
        "'http,database', V1_41",
        "GEN_AI, V1_41",
        "'', V1_41",
    })
    void theEnvironmentOptsIn(String value, GenAiConventions names) {
        assertThat(GenAiConventions.of(Map.of("OTEL_SEMCONV_STABILITY_OPT_IN", value)))
                .isEqualTo(names);
        assertThat(GenAiConventions.of(Map.of())).isEqualTo(GenAiConventions.V1_41);
    }

    @Test
    void aConventionsTagsAreThoseOfTheMeters() {
        LlmObservations tenants = observations.callConvention(new DefaultLlmCallConvention() {
            @Override
            public io.micrometer.common.KeyValues getLowCardinalityKeyValues(LlmCallContext call) {
                return super.getLowCardinalityKeyValues(call).and("tenant", "blue");
            }
        });

        drain(ScriptedCalls.onVirtualTime(time, config -> config.observer(tenants))
                .answers()
                .complete("why"));

        assertThat(meters.get("gen_ai.client.operation.duration")
                        .tag("tenant", "blue")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void afterAHundredModelsTheNextOnesAreOne() {
        ScriptedCalls provider = provider();
        for (int model = 0; model < 150; model++) {
            provider.answers();
            drain(provider.complete(CompletionRequest.builder()
                    .user("why")
                    .model("model-" + model)
                    .build()));
        }

        assertThat(meters.get("gen_ai.client.operation.duration").timers()).hasSize(101);
        assertThat(meters.get("gen_ai.client.operation.duration")
                        .tag("gen_ai.request.model", "_OTHER")
                        .timer()
                        .count())
                .isEqualTo(50);
        assertThat(meters.get("aicore.circuit.state").gauges()).hasSize(300);
    }

    @Test
    void allMetersAndTheirTagsAreDocumented() {
        drain(provider()
                .fails(ScriptedCalls.overloaded())
                .then(Flux.concat(Flux.just(CompletionChunk.text("one")), ScriptedCalls.answer()))
                .stream("why"));

        documented();
    }

    private void documented() {
        List<Meter> ours = meters.getMeters().stream()
                .filter(meter -> meter.getId().syntheticAssociation() == null)
                .toList();
        assertThat(ours).hasSizeGreaterThan(3).allSatisfy(meter -> {
            LlmMeterDocumentation documented = Arrays.stream(LlmMeterDocumentation.values())
                    .filter(each -> each.getName().equals(meter.getId().getName()))
                    .findFirst()
                    .orElseThrow();
            assertThat(keys(meter))
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(documented.getKeyNames())
                            .map(KeyName::asString)
                            .toList());
            assertThat(meter.getId().getType()).isEqualTo(documented.getType());
            if (documented.getType() != Meter.Type.TIMER) {
                assertThat(meter.getId().getBaseUnit()).isEqualTo(documented.getBaseUnit());
            }
        });
    }

    private double spent(String what) {
        return meters.get("gen_ai.client.inference.usage." + what)
                .tags("gen_ai.token.modality", "unknown", "gen_ai.response.model", "model-1-dated")
                .counter()
                .count();
    }

    private static List<String> keys(Meter meter) {
        return meter.getId().getTags().stream().map(Tag::getKey).toList();
    }
}
