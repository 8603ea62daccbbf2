package io.aicore.observability.metrics;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.reactivestreams.Publisher;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Takes OTLP over HTTP on loopback, as a collector does, and keeps what it was sent. */
final class OtlpReceiver implements AutoCloseable {

    private final List<byte[]> traces = new CopyOnWriteArrayList<>();
    private final List<byte[]> metrics = new CopyOnWriteArrayList<>();
    private final DisposableServer server;

    private OtlpReceiver() {
        this.server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.post("/v1/traces", (request, response) -> keep(traces, request, response))
                        .post("/v1/metrics", (request, response) -> keep(metrics, request, response)))
                .bindNow();
    }

    static OtlpReceiver start() {
        return new OtlpReceiver();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }

    List<Span> spans() {
        return traces.stream()
                .map(OtlpReceiver::trace)
                .flatMap(request -> request.getResourceSpansList().stream())
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    /** The only span of this name. */
    Span span(String name) {
        List<Span> spans = spans(name);
        if (spans.size() != 1) {
            throw new AssertionError(spans.size() + " spans are called " + name + ", among " + spans());
        }
        return spans.get(0);
    }

    List<Span> spans(String name) {
        return spans().stream().filter(span -> span.getName().equals(name)).toList();
    }

    Map<String, Metric> metrics() {
        return metrics.stream()
                .map(OtlpReceiver::metric)
                .flatMap(request -> request.getResourceMetricsList().stream())
                .flatMap(resource -> resource.getScopeMetricsList().stream())
                .flatMap(scope -> scope.getMetricsList().stream())
                .collect(Collectors.toMap(Metric::getName, metric -> metric, (one, other) -> other));
    }

    /** With the types they came in. */
    static Map<String, Object> attributes(List<KeyValue> attributes) {
        return attributes.stream()
                .collect(Collectors.toMap(KeyValue::getKey, attribute -> value(attribute.getValue())));
    }

    private static Object value(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case BOOL_VALUE -> value.getBoolValue();
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                        .map(OtlpReceiver::value)
                        .toList();
            default -> throw new AssertionError("an attribute of another type: " + value);
        };
    }

    @Override
    public void close() {
        server.disposeNow();
    }

    private static Publisher<Void> keep(List<byte[]> kept, HttpServerRequest request, HttpServerResponse response) {
        return request.receive()
                .aggregate()
                .asByteArray()
                .doOnNext(kept::add)
                .then(response.header("content-type", "application/x-protobuf").send());
    }

    private static ExportTraceServiceRequest trace(byte[] body) {
        try {
            return ExportTraceServiceRequest.parseFrom(body);
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ExportMetricsServiceRequest metric(byte[] body) {
        try {
            return ExportMetricsServiceRequest.parseFrom(body);
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }
}
