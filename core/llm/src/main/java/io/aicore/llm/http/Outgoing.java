package io.aicore.llm.http;

import io.aicore.llm.codec.wire.WireRequest;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import reactor.core.publisher.Mono;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClientRequest;

/**
 * A request on its way to a connection.
 *
 * @param headers checked, and shared with other requests
 */
record Outgoing(WireRequest request, HttpHeaders headers) {

    /** Completes when all has been written. */
    Mono<Void> to(HttpClientRequest head, NettyOutbound outbound) {
        put(head.requestHeaders());
        return hasBody()
                ? outbound.sendObject(Unpooled.wrappedBuffer(request.body())).then()
                : outbound.then();
    }

    /** Host comes last, as it is set by Reactor Netty and not by us. */
    private void put(HttpHeaders out) {
        String host = out.get(HttpHeaderNames.HOST);
        out.set(headers);
        if (hasBody()) {
            out.set(HttpHeaderNames.CONTENT_LENGTH, request.body().length);
        }
        if (host != null) {
            out.set(HttpHeaderNames.HOST, host);
        }
    }

    /** A GET does not announce its missing body; other methods announce an empty one. */
    private boolean hasBody() {
        return request.body().length > 0 || !request.method().equals("GET");
    }
}
