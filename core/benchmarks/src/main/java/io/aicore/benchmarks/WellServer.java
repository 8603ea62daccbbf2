package io.aicore.benchmarks;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Answers thousands of connections at once. */
final class WellServer {

    private WellServer() {}

    static DisposableServer start() {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> request.receive()
                        .then(Mono.defer(() -> response.header("content-type", "application/json")
                                .sendString(Mono.just(OpenAiAnswers.COMPLETION))
                                .then())))
                .bindNow();
    }
}
