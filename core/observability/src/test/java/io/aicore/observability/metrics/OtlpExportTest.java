package io.aicore.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** What really leaves the process: OTLP, taken by a receiver on loopback. */
class OtlpExportTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final OtlpReceiver receiver = OtlpReceiver.start();
    private final ObservationRegistry registry = ObservationRegistry.create();
    private SdkTracerProvider spans;
    private OtlpMeterRegistry meters;

    @BeforeEach
    void export() {
        spans = SdkTracerProvider.builder()
                .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                .setEndpoint(receiver.url("/v1/traces"))
                                .build())
                        .build())
                .build();
        ContextPropagators propagators = ContextPropagators.create(W3CTraceContextPropagator.getInstance());
        OtelTracer tracer = new OtelTracer(spans.get("test"), new OtelCurrentTraceContext(), event -> {});
        OtelPropagator propagator = new OtelPropagator(propagators, spans.get("test"));
        registry.observationConfig()
                .observationHandler(new FirstMatchingCompositeObservationHandler(
                        new PropagatingSenderTracingObservationHandler<>(tracer, propagator),
                        new DefaultTracingObservationHandler(tracer)));
        meters = OtlpMeterRegistry.builder(new ToReceiver(receiver.url("/v1/metrics")))
                .build();
    }

    @AfterEach
    void close() {
        meters.close();
        spans.close();
        receiver.close();
    }

    @Test
    void aBlockedCallIsAChildOfTheThreadsObservation() {
        ScriptedCalls provider =
                provider().fails(ScriptedCalls.rateLimited(null)).answers();

        Observation.start("job", registry)
                .observe(() -> provider.complete(ScriptedCalls.PROMPT).block(PATIENCE));
        flush();

        Span call = receiver.span("chat model-1");
        List<Span> attempts = receiver.spans("attempt model-1");
        assertThat(call.getParentSpanId()).isEqualTo(receiver.span("job").getSpanId());
        assertThat(attempts)
                .hasSize(2)
                .allSatisfy(attempt -> assertThat(attempt.getParentSpanId()).isEqualTo(call.getSpanId()));
        assertThat(receiver.spans()).extracting(Span::getTraceId).containsOnly(call.getTraceId());
    }

    @Test
    void theParentInTheContextWinsOverTheThreads() {
        ScriptedCalls provider = provider().answers();
        Observation inContext = Observation.start("in the Context", registry);

        Observation.start("current", registry)
                .observe(() -> provider.complete(ScriptedCalls.PROMPT)
                        .contextWrite(Context.of(ObservationThreadLocalAccessor.KEY, inContext))
                        .block(PATIENCE));
        inContext.stop();
        flush();

        assertThat(receiver.span("chat model-1").getParentSpanId())
                .isEqualTo(receiver.span("in the Context").getSpanId());
    }

    @Test
    void aSpanHasTheConventionsAttributesAndTheRetryAsEvent() {
        ScriptedCalls provider =
                provider().fails(ScriptedCalls.rateLimited(null)).answers();

        provider.complete(ScriptedCalls.PROMPT).block(PATIENCE);
        flush();

        Span call = receiver.span("chat model-1");
        assertThat(call.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(call.getStatus().getCode()).isNotEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
        assertThat(OtlpReceiver.attributes(call.getAttributesList()))
                .containsEntry("gen_ai.operation.name", "chat")
                .containsEntry("gen_ai.provider.name", "mistral_ai")
                .containsEntry("gen_ai.request.model", "model-1")
                .containsEntry("gen_ai.response.model", "model-1-dated")
                .containsEntry("gen_ai.usage.output_tokens", 100L)
                .containsEntry("gen_ai.response.finish_reasons", List.of("stop"))
                .containsEntry("server.port", 8443L)
                .containsEntry("server.address", "llm.example")
                .doesNotContainKey("error.type");
        assertThat(call.getEventsList()).hasSize(1);
        assertThat(call.getEvents(0).getName()).isEqualTo("aicore.retry");
        assertThat(OtlpReceiver.attributes(call.getEvents(0).getAttributesList()))
                .containsEntry("error.type", "rate_limited")
                .containsEntry("aicore.attempt.number", 1L)
                .hasEntrySatisfying(
                        "aicore.delay", delay -> assertThat((Double) delay).isBetween(0.0005, 0.002))
                .hasEntrySatisfying(
                        "aicore.cause", cause -> assertThat((String) cause).contains("backoff"));
        assertThat(receiver.spans("attempt model-1"))
                .satisfiesExactly(
                        first -> {
                            assertThat(first.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
                            assertThat(OtlpReceiver.attributes(first.getAttributesList()))
                                    .containsEntry("error.type", "rate_limited");
                        },
                        second -> assertThat(OtlpReceiver.attributes(second.getAttributesList()))
                                .containsEntry("http.request.resend_count", 1L));
        assertThat(receiver.spans().toString()).doesNotContain(ScriptedCalls.PROMPT, ScriptedCalls.ANSWER);
    }

    @Test
    void aCallThatGaveUpIsAnErrorWithoutWordsOfTheRequest() {
        ScriptedCalls provider =
                provider().then(Flux.error(new IllegalStateException("foreign, with " + ScriptedCalls.PROMPT)));

        provider.complete(ScriptedCalls.PROMPT).onErrorComplete().block(PATIENCE);
        flush();

        Span call = receiver.span("chat model-1");
        assertThat(call.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
        assertThat(OtlpReceiver.attributes(call.getAttributesList())).containsEntry("error.type", "client_error");
        assertThat(receiver.spans().toString()).doesNotContain(ScriptedCalls.PROMPT, "foreign");
    }

    @Test
    void withAutomaticPropagationTheParentFollowsOverThreads() {
        ScriptedCalls provider = provider();
        provider.then(Flux.defer(() -> {
            Observation.start("inside", registry).stop();
            return ScriptedCalls.answer();
        }));
        Hooks.enableAutomaticContextPropagation();
        try {
            Observation.start("job", registry)
                    .observe(() -> Mono.delay(Duration.ofMillis(1))
                            .flatMap(tick -> provider.complete(ScriptedCalls.PROMPT))
                            .block(PATIENCE));
        } finally {
            Hooks.disableAutomaticContextPropagation();
        }
        flush();

        Span call = receiver.span("chat model-1");
        Span attempt = receiver.span("attempt model-1");
        assertThat(call.getParentSpanId()).isEqualTo(receiver.span("job").getSpanId());
        assertThat(attempt.getParentSpanId()).isEqualTo(call.getSpanId());
        assertThat(receiver.span("inside").getParentSpanId()).isEqualTo(attempt.getSpanId());
    }

    @Test
    void metersAreExportedWithTheConventionsBuckets() {
        ScriptedCalls provider = provider().fails(ScriptedCalls.overloaded()).answers();

        provider.stream(ScriptedCalls.PROMPT).blockLast(PATIENCE);
        meters.close();

        Map<String, Metric> metrics = receiver.metrics();
        HistogramDataPoint duration =
                metrics.get("gen_ai.client.operation.duration").getHistogram().getDataPoints(0);
        assertThat(duration.getCount()).isEqualTo(1);
        assertThat(duration.getExplicitBoundsList())
                .containsExactly(
                        0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);
        assertThat(OtlpReceiver.attributes(duration.getAttributesList()))
                .containsEntry("gen_ai.provider.name", "mistral_ai")
                .containsEntry("gen_ai.response.model", "model-1-dated");
        assertThat(metrics.get("gen_ai.client.operation.duration").getUnit()).isEqualTo("seconds");
        assertThat(metrics.get("gen_ai.client.token.usage").getUnit()).isEqualTo("{token}");
        assertThat(metrics.get("gen_ai.client.token.usage").getHistogram().getDataPointsList())
                .extracting(HistogramDataPoint::getSum)
                .containsExactlyInAnyOrder(7.0, 100.0);
        assertThat(metrics).containsKeys("gen_ai.client.operation.time_to_first_chunk", "aicore.circuit.state");
        assertThat(metrics.get("aicore.client.retries")
                        .getSum()
                        .getDataPoints(0)
                        .getAsDouble())
                .isEqualTo(1);
    }

    private ScriptedCalls provider() {
        return ScriptedCalls.onRealTime(config -> config.observer(LlmObservations.of(registry, meters)));
    }

    private void flush() {
        spans.forceFlush().join(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Sends in seconds, when it is closed. */
    private record ToReceiver(String url) implements OtlpConfig {

        @Override
        public TimeUnit baseTimeUnit() {
            return TimeUnit.SECONDS;
        }

        @Override
        public String get(String key) {
            return null;
        }
    }
}
