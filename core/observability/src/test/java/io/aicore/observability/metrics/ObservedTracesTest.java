package io.aicore.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.observability.TraceIds;
import io.aicore.observability.TraceSource;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.util.context.Context;

class ObservedTracesTest {

    @Test
    void theObservationInTheContextNamesTheTrace() {
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(SpanExporter.composite()))
                .build()) {
            ObservationRegistry registry = ObservationRegistry.create();
            registry.observationConfig()
                    .observationHandler(new DefaultTracingObservationHandler(
                            new OtelTracer(provider.get("test"), new OtelCurrentTraceContext(), event -> {})));
            Observation around = Observation.start("around", registry);

            TraceIds names = TraceSource.found().of(Context.of(ObservationThreadLocalAccessor.KEY, around));
            TracingContext tracing = Objects.requireNonNull(around.getContext().get(TracingContext.class));
            around.stop();

            assertThat(names)
                    .isEqualTo(new TraceIds(
                            tracing.getSpan().context().traceId(),
                            tracing.getSpan().context().spanId()));
            assertThat(names.traceId()).matches("[0-9a-f]{32}");
        }
        assertThat(TraceSource.found().of(Context.empty())).isEqualTo(TraceIds.NONE);
    }

    @Test
    void aTracerThatMakesNoSpansNamesNothing() {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig()
                .observationHandler(new DefaultTracingObservationHandler(
                        new OtelTracer(TracerProvider.noop().get("test"), new OtelCurrentTraceContext(), event -> {})));
        Observation around = Observation.start("around", registry);

        TraceIds names = TraceSource.found().of(Context.of(ObservationThreadLocalAccessor.KEY, around));
        around.stop();

        assertThat(names).isEqualTo(TraceIds.NONE);
    }
}
