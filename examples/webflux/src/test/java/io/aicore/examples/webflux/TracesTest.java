package io.aicore.examples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.aicore.examples.server.ChatReplies;
import io.aicore.examples.server.DemoServer;
import io.aicore.llm.LlmConfig;
import io.aicore.observability.metrics.LlmObservations;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

/** A call's spans are children of the request's that WebFlux serves, as a collector of OTLP is sent them. */
class TracesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Disposable.Composite open = Disposables.composite();
    private final Sinks.Many<Span> exported = Sinks.many().replay().all();

    @AfterEach
    void close() {
        open.dispose();
    }

    @Test
    void aCallIsAChildOfTheRequestThatAsked() {
        ObservationRegistry registry = registry(collector());
        DemoServer provider = DemoServer.start(
                question -> question.number() == 1 ? ChatReplies.error(503, "overloaded") : question.answer("one two"));
        open.add(provider::close);

        HttpClient.create()
                .get()
                .uri("http://127.0.0.1:" + serve(provider, registry) + "/ask?prompt=why")
                .responseContent()
                .then()
                .block(PATIENCE);

        Span request = span("http get /ask");
        Span call = span("chat " + DemoServer.MODEL);
        assertThat(call.getParentSpanId()).isEqualTo(request.getSpanId());
        assertThat(call.getTraceId()).isEqualTo(request.getTraceId());
        assertThat(call.getEventsList()).hasSize(1);
        assertThat(exported.asFlux()
                        .filter(span -> span.getName().startsWith("attempt "))
                        .take(2)
                        .collectList()
                        .block(PATIENCE))
                .allSatisfy(attempt -> assertThat(attempt.getParentSpanId()).isEqualTo(call.getSpanId()));
    }

    private Span span(String name) {
        return exported.asFlux().filter(span -> span.getName().equals(name)).blockFirst(PATIENCE);
    }

    private int serve(DemoServer provider, ObservationRegistry registry) {
        Map<String, String> variables = new HashMap<>(provider.environment());
        variables.put("LLM_RETRY_INITIAL_DELAY", "0.001");
        LlmConfig config = LlmConfig.builder()
                .fromEnvironment(variables)
                .observer(LlmObservations.of(registry))
                .build();
        SpringApplication application = new SpringApplication(Application.class);
        application.addInitializers(context -> {
            context.getBeanFactory().registerSingleton("llmConfig", config);
            context.getBeanFactory().registerSingleton("observationRegistry", registry);
        });
        ConfigurableApplicationContext running = application.run("--server.port=0", "--server.address=127.0.0.1");
        open.add(running::close);
        return running.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private ObservationRegistry registry(int collector) {
        SdkTracerProvider spans = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(OtlpHttpSpanExporter.builder()
                        .setEndpoint("http://127.0.0.1:" + collector + "/v1/traces")
                        .build()))
                .build();
        open.add(spans::close);
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig()
                .observationHandler(new FirstMatchingCompositeObservationHandler(new DefaultTracingObservationHandler(
                        new OtelTracer(spans.get("test"), new OtelCurrentTraceContext(), event -> {}))));
        return registry;
    }

    private int collector() {
        DisposableServer collector = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.post(
                        "/v1/traces",
                        (request, response) -> request.receive()
                                .aggregate()
                                .asByteArray()
                                .flatMap(this::keep)
                                .then(response.header("content-type", "application/x-protobuf")
                                        .send())))
                .bindNow();
        open.add(collector::disposeNow);
        return collector.port();
    }

    private Mono<Void> keep(byte[] body) {
        try {
            ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().stream()
                    .flatMap(resource -> resource.getScopeSpansList().stream())
                    .flatMap(scope -> scope.getSpansList().stream())
                    .forEach(span -> exported.emitNext(span, Sinks.EmitFailureHandler.busyLooping(PATIENCE)));
            return Mono.empty();
        } catch (InvalidProtocolBufferException e) {
            return Mono.error(e);
        }
    }
}
