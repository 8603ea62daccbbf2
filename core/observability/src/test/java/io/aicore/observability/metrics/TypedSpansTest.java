package io.aicore.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.ResponseFormat;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.observability.Identity;
import io.aicore.observability.SocketCodec;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What OpenTelemetry's SDK is told through Micrometer's bridge. */
class TypedSpansTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final ObservationRegistry registry = ObservationRegistry.create();
    private final Kept kept = new Kept();
    private SdkTracerProvider provider;

    @BeforeEach
    void trace() {
        provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(kept))
                .build();
        registry.observationConfig()
                .observationHandler(new DefaultTracingObservationHandler(
                        new OtelTracer(provider.get("test"), new OtelCurrentTraceContext(), event -> {})));
    }

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void attributesOfACallHaveTheConventionsTypes() {
        CompletionRequest request = CompletionRequest.builder()
                .user(ScriptedCalls.PROMPT)
                .temperature(0.5)
                .topP(1.0)
                .maxTokens(10)
                .seed(42L)
                .stop("END", "a,\"b\"")
                .responseFormat(ResponseFormat.json())
                .metadata("session", "session-7")
                .build();

        drain(calls(observations -> observations).answers().stream(request));

        assertThat(attributes(kept.only("chat model-1")))
                .containsEntry("gen_ai.operation.name", "chat")
                .containsEntry("gen_ai.request.stream", true)
                .containsEntry("gen_ai.request.temperature", 0.5)
                .containsEntry("gen_ai.request.top_p", 1.0)
                .containsEntry("gen_ai.request.max_tokens", 10L)
                .containsEntry("gen_ai.request.seed", 42L)
                .containsEntry("gen_ai.request.stop_sequences", List.of("END", "a,\"b\""))
                .containsEntry("gen_ai.output.type", "json")
                .containsEntry("gen_ai.conversation.id", "session-7")
                .containsEntry("gen_ai.response.finish_reasons", List.of("stop"))
                .containsEntry("gen_ai.response.time_to_first_chunk", 0.0)
                .containsEntry("gen_ai.usage.input_tokens", 7L)
                .containsEntry("gen_ai.usage.output_tokens", 100L)
                .containsEntry("gen_ai.usage.cache_read.input_tokens", 3L)
                .containsEntry("gen_ai.usage.cache_creation.input_tokens", 2L)
                .containsEntry("gen_ai.usage.reasoning.output_tokens", 40L)
                .containsEntry("server.port", 8443L)
                .containsEntry("aicore.attempts", 1L);
    }

    @Test
    void theNewerConventionsNameWhatIsWrittenToTheCacheAnew() {
        drain(calls(observations -> observations.conventions(GenAiConventions.GENAI_0_1_0))
                .answers()
                .complete(ScriptedCalls.PROMPT));

        assertThat(attributes(kept.only("chat model-1")))
                .containsEntry("gen_ai.usage.cache_write.input_tokens", 2L)
                .doesNotContainKeys(
                        "gen_ai.usage.cache_creation.input_tokens",
                        "gen_ai.output.type",
                        "gen_ai.conversation.id",
                        "gen_ai.request.seed",
                        "gen_ai.request.stop_sequences");
    }

    @Test
    void aSessionOfTheReactorContextIsTheConversation() {
        Identity identity = new Identity("session-8", null, null);

        drain(Flux.from(calls(observations -> observations).answers().complete(ScriptedCalls.PROMPT))
                .contextWrite(identity::in));

        assertThat(attributes(kept.only("chat model-1"))).containsEntry("gen_ai.conversation.id", "session-8");
    }

    @Test
    void attributesOfAnAttemptAndOfTheEventBeforeItAreTyped() {
        drain(calls(observations -> observations)
                .fails(ScriptedCalls.failure(ErrorCategory.OVERLOADED, 503, true, Duration.ofMillis(400)))
                .answers()
                .complete(ScriptedCalls.PROMPT));

        List<SpanData> attempts = kept.named("attempt model-1");
        assertThat(attributes(attempts.get(0)))
                .containsEntry("http.response.status_code", 503L)
                .containsEntry("aicore.attempt.number", 1L)
                .containsEntry("error.type", "overloaded");
        assertThat(attributes(attempts.get(1)))
                .containsEntry("http.request.resend_count", 1L)
                .containsEntry("aicore.waited", 1.0);
        EventData retry = kept.only("chat model-1").getEvents().get(0);
        assertThat(retry.getName()).isEqualTo("aicore.retry");
        assertThat(attributes(retry.getAttributes()))
                .isEqualTo(Map.of(
                        "aicore.delay",
                        1.0,
                        "aicore.attempt.number",
                        1L,
                        "error.type",
                        "overloaded",
                        "aicore.cause",
                        "own backoff 1 s; server asked for 0.4 s"));
        assertThat(attempts)
                .allSatisfy(attempt -> assertThat(attempt.getParentSpanId())
                        .isEqualTo(kept.only("chat model-1").getSpanId()));
    }

    @Test
    void aRequestThatIsSentAgainIsAnEvent() {
        StepVerifier.create(SocketCodec.resent(LlmObservations.of(registry)).then())
                .expectComplete()
                .verify(SocketCodec.PATIENCE);

        List<SpanData> calls = kept.named("chat model-1");
        assertThat(calls).hasSize(2);
        assertThat(calls.get(0).getEvents()).isEmpty();
        // The second call may wait for the only connection until the first one has left it.
        assertThat(calls.get(1).getEvents())
                .filteredOn(event -> !event.getName().equals("aicore.admission.wait"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getName()).isEqualTo("aicore.resend");
                    assertThat(attributes(event.getAttributes())).isEqualTo(Map.of("aicore.attempt.number", 1L));
                });
        assertThat(kept.named("attempt model-1")).hasSize(2);
    }

    @Test
    void whatIsNotKnownIsNoAttribute() {
        LlmObservations observations = LlmObservations.of(registry);
        drain(ScriptedCalls.withoutAddress(time, observations).answers().complete(ScriptedCalls.PROMPT));

        assertThat(attributes(kept.only("chat model-1"))).doesNotContainKeys("server.address", "server.port");
    }

    @Test
    void aConventionOfOnesOwnMayWriteWhatItLikes() {
        drain(calls(observations -> observations.callConvention(new DefaultLlmCallConvention() {
                    @Override
                    public KeyValues getHighCardinalityKeyValues(LlmCallContext call) {
                        return super.getHighCardinalityKeyValues(call)
                                .and("gen_ai.usage.input_tokens", "seven", "gen_ai.request.stop_sequences", "[broken")
                                .and("gen_ai.response.finish_reasons", "[{}]")
                                .and("tenant", "17");
                    }
                }))
                .answers()
                .complete(ScriptedCalls.PROMPT));

        assertThat(attributes(kept.only("chat model-1")))
                .containsEntry("gen_ai.usage.input_tokens", "seven")
                .containsEntry("gen_ai.request.stop_sequences", "[broken")
                .containsEntry("gen_ai.response.finish_reasons", "[{}]")
                .containsEntry("tenant", "17");
    }

    @Test
    void observationsOfOthersAreLeftAsTheyAre() {
        Observation.createNotStarted("job", registry)
                .highCardinalityKeyValue("server.port", "80")
                .observe(() -> {});

        assertThat(attributes(kept.only("job"))).containsEntry("server.port", "80");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "micrometer-tracing-bridge-otel|opentelemetry",
                "micrometer-tracing|opentelemetry",
                "micrometer-core|micrometer-registry",
                "context-propagation"
            })
    void withoutWhatIsOptionalCallsAreObservedAllTheSame(String missing) throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        URL[] there = Stream.of(classPath.split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().matches("(" + missing + ").*"))
                .map(TypedSpansTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(there, ClassLoader.getPlatformClassLoader())) {
            Object events = loader.loadClass(WithoutTracing.class.getName())
                    .getMethod("call")
                    .invoke(null);
            assertThat(events).isEqualTo("[aicore.retry] 100");
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    private ScriptedCalls calls(UnaryOperator<LlmObservations> settings) {
        LlmObservations observations = settings.apply(LlmObservations.of(registry));
        return ScriptedCalls.onVirtualTime(time, config -> config.observer(observations));
    }

    private void drain(org.reactivestreams.Publisher<?> call) {
        StepVerifier.create(Flux.from(call).ignoreElements())
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
                .verifyComplete();
    }

    private static Map<String, Object> attributes(SpanData span) {
        return attributes(span.getAttributes());
    }

    private static Map<String, Object> attributes(io.opentelemetry.api.common.Attributes attributes) {
        Map<String, Object> found = new HashMap<>();
        attributes.forEach((key, value) ->
                assertThat(found.put(key.getKey(), value)).as("another " + key).isNull());
        return found;
    }

    /** Keeps spans in memory. */
    private static final class Kept implements SpanExporter {

        private final List<SpanData> spans = new CopyOnWriteArrayList<>();

        List<SpanData> named(String name) {
            return spans.stream().filter(span -> span.getName().equals(name)).toList();
        }

        SpanData only(String name) {
            assertThat(named(name)).hasSize(1);
            return named(name).get(0);
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> ended) {
            spans.addAll(ended);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
