package io.aicore.spring.dashboard;

import io.aicore.observability.dashboard.DashboardExchange;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An exchange of WebFlux, on any server. */
record WebFluxExchange(ServerHttpRequest request, ServerHttpResponse response) implements DashboardExchange {

    @Override
    public String method() {
        return request.getMethod().name();
    }

    @Override
    public String uri() {
        URI uri = request.getURI();
        return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    }

    @Override
    public @Nullable String header(String name) {
        return request.getHeaders().getFirst(name);
    }

    @Override
    public Mono<Void> answer(int status, Map<String, String> headers, byte[] body) {
        return Mono.defer(() -> {
            begin(status, headers);
            if (body.length == 0) {
                return response.setComplete();
            }
            response.getHeaders().setContentLength(body.length);
            return response.writeWith(Mono.fromSupplier(() -> buffer(body)));
        });
    }

    @Override
    public Mono<Void> stream(Map<String, String> headers, Flux<byte[]> events) {
        return Mono.defer(() -> {
            begin(200, headers);
            return response.writeAndFlushWith(events.map(event -> Mono.just(buffer(event))));
        });
    }

    private void begin(int status, Map<String, String> headers) {
        response.setStatusCode(HttpStatusCode.valueOf(status));
        headers.forEach(response.getHeaders()::set);
    }

    private DataBuffer buffer(byte[] bytes) {
        return response.bufferFactory().wrap(bytes);
    }
}
