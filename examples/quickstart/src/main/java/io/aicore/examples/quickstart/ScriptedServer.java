package io.aicore.examples.quickstart;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/** A real HTTP server on loopback that answers by a script, failures and cut connections included. */
final class ScriptedServer implements AutoCloseable {

    /** What to answer. */
    @FunctionalInterface
    interface Script {
        /**
         * The answer to this request.
         *
         * @param number of the request, from 1
         */
        Reply reply(int number, String body);
    }

    private final Script script;
    private final AtomicInteger requests = new AtomicInteger();
    private final LoopResources loop = LoopResources.create("scripted-server", 1, true);
    private final DisposableServer server;

    private ScriptedServer(Script script) {
        this.script = script;
        this.server = HttpServer.create()
                .bindAddress(() -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .runOn(loop)
                .handle((request, response) -> request.receive()
                        .aggregate()
                        .asString(StandardCharsets.UTF_8)
                        .defaultIfEmpty("")
                        .flatMap(body -> send(this.script.reply(requests.incrementAndGet(), body), response)))
                .bindNow();
    }

    static ScriptedServer start(Script script) {
        return new ScriptedServer(script);
    }

    /** What {@code LLM_BASE_URL} must be. */
    URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.port() + "/v1");
    }

    /** How many requests have come. */
    int requests() {
        return requests.get();
    }

    private static Mono<Void> send(Reply reply, HttpServerResponse response) {
        if (reply.cut() && reply.parts().isEmpty()) {
            return hangUp(response);
        }
        response.status(reply.status());
        reply.headers().forEach(response::header);
        Flux<String> parts = Flux.fromIterable(reply.parts());
        if (!reply.pace().isZero()) {
            parts = parts.concatMap(part -> Mono.delay(reply.pace()).thenReturn(part));
        }
        Mono<Void> sent =
                response.send(ByteBufFlux.fromString(parts), part -> true).then();
        return reply.cut() ? sent.then(Mono.defer(() -> hangUp(response))) : sent;
    }

    private static Mono<Void> hangUp(HttpServerResponse response) {
        response.withConnection(Connection::dispose);
        return Mono.never();
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(1));
        loop.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).block(Duration.ofSeconds(2));
    }
}
