package io.aicore.observability.dashboard;

import io.netty.buffer.Unpooled;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** An exchange of Reactor Netty's server. */
record NettyExchange(HttpServerRequest request, HttpServerResponse response) implements DashboardExchange {

    @Override
    public String method() {
        return request.method().name();
    }

    @Override
    public String uri() {
        return request.uri();
    }

    @Override
    public @Nullable String header(String name) {
        return request.requestHeaders().get(name);
    }

    @Override
    public Mono<Void> answer(int status, Map<String, String> headers, byte[] body) {
        HttpServerResponse answer = with(headers).status(status);
        return body.length == 0
                ? answer.send()
                : answer.sendByteArray(Mono.just(body)).then();
    }

    @Override
    public Mono<Void> stream(Map<String, String> headers, Flux<byte[]> events) {
        return with(headers)
                .send(events.map(Unpooled::wrappedBuffer), event -> true)
                .then();
    }

    private HttpServerResponse with(Map<String, String> headers) {
        headers.forEach(response::header);
        return response;
    }
}
