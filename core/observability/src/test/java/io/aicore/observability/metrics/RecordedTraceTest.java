package io.aicore.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.observability.LlmOperation;
import io.aicore.observability.LlmOperationCollector;
import io.aicore.observability.OperationFilter;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A record names the trace and the span of its call, whoever began them. */
class RecordedTraceTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final ObservationRegistry registry = ObservationRegistry.create();
    // Without a processor the SDK makes no spans.
    private final SdkTracerProvider tracers = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(SpanExporter.composite()))
            .build();
    private final Recorded spans = new Recorded();
    private LlmOperationCollector collector;

    @BeforeEach
    void open() {
        registry.observationConfig()
                .observationHandler(new DefaultTracingObservationHandler(
                        new OtelTracer(tracers.get("test"), new OtelCurrentTraceContext(), event -> {})))
                .observationHandler(spans);
        collector = LlmOperationCollector.at(directory.resolve("calls").toString());
    }

    @AfterEach
    void close() {
        tracers.close();
        collector.closeLater().block(PATIENCE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSpanThatObservationsBeganIsTheRecordsInWhicheverOrderTheyObserve(boolean recordedFirst) {
        LlmObservations observations = LlmObservations.of(registry);
        run(calls(config -> recordedFirst
                        ? config.observer(collector).observer(observations)
                        : config.observer(observations).observer(collector))
                .fails(ScriptedCalls.overloaded())
                .answers()
                .complete(ScriptedCalls.PROMPT)
                .then());

        isNamed(recorded(), spans.call());
    }

    @Test
    void aCallThatHadNoAttemptThatAnsweredHasItsSpanToo() {
        run(observed()
                .fails(ScriptedCalls.failure(ErrorCategory.AUTHENTICATION, 401, false, null))
                .complete(ScriptedCalls.PROMPT)
                .then()
                .onErrorComplete());

        isNamed(recorded(), spans.call());
    }

    @Test
    void aSpanAroundTheCallIsItsParentAndOfTheSameTrace() {
        Observation around = Observation.start("request", registry);
        run(observed()
                .answers()
                .complete(ScriptedCalls.PROMPT)
                .then()
                .contextWrite(context -> context.put(ObservationThreadLocalAccessor.KEY, around)));
        around.stop();

        LlmOperation call = recorded();
        isNamed(call, spans.call());
        assertThat(call.ids().trace().traceId())
                .isEqualTo(trace(around.getContext()).traceId());
        assertThat(call.ids().trace().spanId())
                .isNotEqualTo(trace(around.getContext()).spanId());
    }

    @Test
    void withoutObservationsOfCallsTheSpanAroundIsNamed() {
        Observation around = Observation.start("request", registry);
        run(calls(config -> config.observer(collector))
                .answers()
                .complete(ScriptedCalls.PROMPT)
                .then()
                .contextWrite(context -> context.put(ObservationThreadLocalAccessor.KEY, around)));
        around.stop();

        isNamed(recorded(), around.getContext());
    }

    private ScriptedCalls observed() {
        return calls(config -> config.observer(collector).observer(LlmObservations.of(registry)));
    }

    private ScriptedCalls calls(UnaryOperator<LlmConfigBuilder> settings) {
        return ScriptedCalls.onVirtualTime(time, settings);
    }

    private void run(Mono<Void> call) {
        StepVerifier.create(call)
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
                .verifyComplete();
    }

    /** The only record, found by the id of its trace. */
    private LlmOperation recorded() {
        collector.flush().block(PATIENCE);
        LlmOperation listed = Objects.requireNonNull(
                collector.operations(OperationFilter.ALL).single().block(PATIENCE));
        String traceId = Objects.requireNonNull(listed.ids().trace().traceId());
        LlmOperation found = Objects.requireNonNull(collector.operation(traceId).block(PATIENCE));
        assertThat(found.id()).isEqualTo(listed.id());
        return found;
    }

    private static void isNamed(LlmOperation call, Observation.Context span) {
        assertThat(call.ids().trace().traceId())
                .matches("[0-9a-f]{32}")
                .isEqualTo(trace(span).traceId());
        assertThat(call.ids().trace().spanId())
                .matches("[0-9a-f]{16}")
                .isEqualTo(trace(span).spanId());
    }

    private static TraceContext trace(Observation.Context span) {
        TracingContext tracing = Objects.requireNonNull(span.get(TracingContext.class));
        return Objects.requireNonNull(tracing.getSpan()).context();
    }
}
