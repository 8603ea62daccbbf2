package io.aicore.llm.http;

import io.aicore.llm.codec.wire.WireRequest;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClientRequest;

/**
 * A request on its way to a connection.
 *
 * @param responses sends it on subscription
 */
record Outgoing(WireRequest request, HeaderBlock headers, Flux<?> responses) {

    /** Completes when all has been written. */
    Mono<Void> to(HttpClientRequest head, NettyOutbound outbound) {
        byte[] rest = put(head.requestHeaders());
        outbound.withConnection(
                connection -> ExchangeCodec.of(connection.channel()).adds(rest));
        return hasBody()
                ? outbound.sendObject(Unpooled.wrappedBuffer(request.body())).then()
                : outbound.then();
    }

    /** Host comes last, as it is the same for all requests. */
    private byte @Nullable [] put(HttpHeaders out) {
        String host = out.get(HttpHeaderNames.HOST);
        byte[] rest = headers.replace(out);
        if (hasBody()) {
            out.set(HttpHeaderNames.CONTENT_LENGTH, request.body().length);
        }
        if (host != null) {
            out.set(HttpHeaderNames.HOST, host);
        }
        return rest;
    }

    /** A GET does not announce its missing body; other methods announce an empty one. */
    private boolean hasBody() {
        return request.body().length > 0 || !request.method().equals("GET");
    }
}
