package io.aicore.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitSettings;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallKind;
import io.aicore.llm.observe.CallObservation;
import io.aicore.llm.observe.CallOutcome;
import io.aicore.llm.observe.CallRequest;
import io.aicore.retry.RetrySettings;
import io.aicore.testkit.CallEvents;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.context.Context;

class CallMetersTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final LlmObservations observations = LlmObservations.of(ObservationRegistry.create(), meters);

    @Test
    void theDurationIsThatOfTheCallWithItsWaits() {
        drain(provider().fails(ScriptedCalls.rateLimited(null)).answers().complete("why"));

        Timer duration = meters.get("gen_ai.client.operation.duration")
                .tags("gen_ai.operation.name", "chat", "gen_ai.provider.name", "mistral_ai")
                .tags("gen_ai.request.model", "model-1", "gen_ai.response.model", "model-1-dated")
                .tags("server.address", "llm.example", "server.port", "8443")
                .tags("error.type", "none", "aicore.outcome", "success")
                .timer();
        assertThat(duration.count()).isEqualTo(1);
        assertThat(duration.totalTime(TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void theBucketsAreThoseOfTheConventions() {
        drain(provider().answers().stream("why"));

        assertThat(bounds(meters.get("gen_ai.client.operation.duration")
                        .timer()
                        .takeSnapshot()
                        .histogramCounts()))
                .containsExactly(
                        1e7, 2e7, 4e7, 8e7, 1.6e8, 3.2e8, 6.4e8, 1.28e9, 2.56e9, 5.12e9, 1.024e10, 2.048e10, 4.096e10,
                        8.192e10);
        assertThat(bounds(meters.get("gen_ai.client.operation.time_to_first_chunk")
                        .timer()
                        .takeSnapshot()
                        .histogramCounts()))
                .hasSize(14);
        assertThat(bounds(meters.get("gen_ai.client.token.usage")
                        .tag("gen_ai.token.type", "input")
                        .summary()
                        .takeSnapshot()
                        .histogramCounts()))
                .containsExactly(
                        1.0,
                        4.0,
                        16.0,
                        64.0,
                        256.0,
                        1024.0,
                        4096.0,
                        16384.0,
                        65536.0,
                        262144.0,
                        1048576.0,
                        4194304.0,
                        16777216.0,
                        67108864.0);
    }

    @Test
    void aFailedCallIsCountedByItsCategory() {
        drain(provider(config -> config.retrySettings(RetrySettings.defaults().maxRetries(0)))
                .fails(ScriptedCalls.overloaded())
                .complete("why")
                .onErrorComplete());

        assertThat(meters.get("gen_ai.client.operation.duration")
                        .tags("error.type", "overloaded", "aicore.outcome", "error", "gen_ai.response.model", "none")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void tokensAreCountedByType() {
        drain(provider().answers().complete("why"));

        assertThat(tokens("input")).isEqualTo(7);
        assertThat(tokens("output")).isEqualTo(100);
    }

    @Test
    void whatIsPartOfTheTokensIsCountedBesideThem() {
        drain(provider().answers().complete("why"));

        assertThat(List.of(part("cache_read"), part("cache_write"), part("reasoning")))
                .containsExactly(3.0, 2.0, 40.0);
    }

    @Test
    void tokensHaveTheirUnit() {
        drain(provider().answers().complete("why"));

        assertThat(meters.get("gen_ai.client.token.usage").summaries())
                .allSatisfy(summary -> assertThat(summary.getId().getBaseUnit()).isEqualTo("{token}"));
        assertThat(meters.get("gen_ai.client.operation.duration")
                        .timer()
                        .getId()
                        .getBaseUnit())
                .isEqualTo("seconds");
    }

    @Test
    void eachChunkOfAStreamButTheFirstIsTimed() {
        Flux<CompletionChunk> chunks = Flux.just("one", "two", "three")
                .map(CompletionChunk::text)
                .delayElements(Duration.ofSeconds(2), time)
                .concatWith(ScriptedCalls.answer().skip(1));

        drain(provider().fails(ScriptedCalls.overloaded()).then(chunks).stream("why"));

        Timer perChunk = meters.get("gen_ai.client.operation.time_per_output_chunk")
                .tags("gen_ai.request.model", "model-1", "gen_ai.provider.name", "mistral_ai")
                .timer();
        assertThat(perChunk.count()).isEqualTo(2);
        assertThat(perChunk.totalTime(TimeUnit.SECONDS)).isEqualTo(4);
    }

    @Test
    void thoseOfAPlainAnswerAreNot() {
        drain(provider().answers().complete("why"));

        assertThat(meters.find("gen_ai.client.operation.time_per_output_chunk").timer())
                .isNull();
    }

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
                .containsOnly(
                        "gen_ai.client.operation",
                        "gen_ai.client.operation.active",
                        "gen_ai.client.operation.duration",
                        "gen_ai.client.operation.duration.histogram",
                        "gen_ai.client.operation.time_to_first_chunk",
                        "gen_ai.client.operation.time_to_first_chunk.histogram",
                        "gen_ai.client.token.usage",
                        "gen_ai.client.token.usage.histogram",
                        "aicore.client.token.parts",
                        "aicore.client.retries",
                        "aicore.circuit.state");
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
    void theFirstTokenIsTimedInStreamsOnly() {
        drain(provider().answers().complete("why"));
        assertThat(meters.find("gen_ai.client.operation.time_to_first_chunk").timer())
                .isNull();

        drain(provider().then(ScriptedCalls.answer().delaySubscription(Duration.ofSeconds(2), time)).stream("why"));

        assertThat(meters.get("gen_ai.client.operation.time_to_first_chunk")
                        .timer()
                        .totalTime(TimeUnit.SECONDS))
                .isEqualTo(2);
    }

    @Test
    void retriesAreCountedByCause() {
        drain(provider()
                .fails(ScriptedCalls.rateLimited(null))
                .fails(ScriptedCalls.rateLimited(null))
                .fails(ScriptedCalls.overloaded())
                .answers()
                .complete("why"));

        assertThat(retries("rate_limited")).isEqualTo(2);
        assertThat(retries("overloaded")).isEqualTo(1);
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
    void aCircuitShowsItsState() {
        ScriptedCalls provider = provider(config -> config.circuitSettings(
                                CircuitSettings.defaults().minimumCalls(1))
                        .retrySettings(RetrySettings.defaults().maxRetries(0)))
                .answers()
                .fails(ScriptedCalls.overloaded())
                .fails(ScriptedCalls.overloaded());

        drain(provider.complete("why"));
        assertThat(List.of(circuit("closed"), circuit("open"), circuit("half_open")))
                .containsExactly(1.0, 0.0, 0.0);

        drain(provider.complete("why").onErrorComplete());
        drain(provider.complete("why").onErrorComplete());
        assertThat(List.of(circuit("closed"), circuit("open"), circuit("half_open")))
                .containsExactly(0.0, 1.0, 0.0);
    }

    @Test
    void aCircuitThatWasMadeAnewTakesThePlaceOfTheOld() {
        CircuitBreaker old = CircuitBreaker.of("circuit", CircuitSettings.defaults());
        CircuitBreaker anew =
                CircuitBreaker.of("circuit", CircuitSettings.defaults().minimumCalls(1));
        begin(old);
        begin(anew);

        anew.tryAcquire().failure();

        assertThat(anew.state()).isEqualTo(io.aicore.limit.CircuitState.OPEN);
        assertThat(circuit("open")).isEqualTo(1);
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

    private void begin(CircuitBreaker circuit) {
        CallRequest request = CallRequest.of(
                CallKind.COMPLETE,
                CompletionRequest.builder().user("why").model("model-1").build());
        observations.begin(CallEvents.start("mistral", "llm.example", request, circuit), Context.empty());
    }

    private CallObservation begin(LlmObservations observer, CallRequest request) {
        CircuitBreaker circuit = CircuitBreaker.of("circuit", CircuitSettings.defaults());
        return observer.begin(CallEvents.start("mistral", "llm.example", request, circuit), Context.empty());
    }

    private double part(String part) {
        return meters.get("aicore.client.token.parts")
                .tag("aicore.token.part", part)
                .counter()
                .count();
    }

    private double spent(String what) {
        return meters.get("gen_ai.client.inference.usage." + what)
                .tags("gen_ai.token.modality", "unknown", "gen_ai.response.model", "model-1-dated")
                .counter()
                .count();
    }

    private double circuit(String state) {
        return meters.get("aicore.circuit.state")
                .tags("state", state, "gen_ai.request.model", "model-1", "server.address", "llm.example")
                .gauge()
                .value();
    }

    private double tokens(String type) {
        return meters.get("gen_ai.client.token.usage")
                .tag("gen_ai.token.type", type)
                .summary()
                .totalAmount();
    }

    private double retries(String cause) {
        return meters.get("aicore.client.retries")
                .tag("error.type", cause)
                .counter()
                .count();
    }

    private static List<Double> bounds(CountAtBucket... buckets) {
        return Arrays.stream(buckets).map(CountAtBucket::bucket).toList();
    }

    private static List<String> keys(Meter meter) {
        return meter.getId().getTags().stream().map(Tag::getKey).toList();
    }

    private ScriptedCalls provider() {
        return provider(config -> config);
    }

    private ScriptedCalls provider(UnaryOperator<LlmConfigBuilder> settings) {
        return ScriptedCalls.onVirtualTime(
                time, config -> settings.apply(config).observer(observations));
    }

    private void drain(Publisher<?> call) {
        StepVerifier.create(Flux.from(call).ignoreElements())
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
                .verifyComplete();
    }
}
