package io.aicore.examples.server;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerResponse;

/** How a reply gets onto the wire. */
final class Delivery {

    private Delivery() {}

    /** Waits and sends the pieces; an answer that is never begun has none. */
    static Mono<Void> send(Reply reply, HttpServerResponse response) {
        Mono<Void> sent = reply.cut() && reply.parts().isEmpty() ? Mono.empty() : pieces(reply, response);
        return reply.delay().isZero() ? sent : Mono.delay(reply.delay()).then(sent);
    }

    /** Closes the connection. Never ends itself: an end would be taken for that of the answer. */
    static Mono<Void> hangUp(HttpServerResponse response) {
        return Mono.defer(() -> {
            response.withConnection(Connection::dispose);
            return Mono.never();
        });
    }

    private static Mono<Void> pieces(Reply reply, HttpServerResponse response) {
        response.status(reply.status());
        reply.headers().forEach(response::header);
        Flux<String> parts = Flux.fromIterable(reply.parts());
        Flux<String> paced = reply.pace().isZero()
                ? parts
                : parts.concatMap(part -> Mono.delay(reply.pace()).thenReturn(part), 1);
        return response.send(ByteBufFlux.fromString(paced), part -> true).then();
    }
}
