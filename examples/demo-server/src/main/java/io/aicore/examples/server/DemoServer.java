package io.aicore.examples.server;

import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * A real HTTP server on loopback that answers as a provider would, failures and cut connections included, by a script: a
 * function from question to reply, called on the server's one thread, so it must not block. Closing it cuts what is
 * under way.
 */
public final class DemoServer implements AutoCloseable {

    /** The model it claims to be. */
    public static final String MODEL = "scripted-1";

    private static final int BACKLOG = 4096;

    private final Function<Question, Mono<Reply>> script;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final Sinks.Empty<Void> abandoned = Sinks.empty();
    private final LoopResources loop = LoopResources.create("demo-server", 1, true);
    private final String scheme;
    private final DisposableServer server;

    private DemoServer(Function<Question, Mono<Reply>> script, String scheme, UnaryOperator<HttpServer> tls) {
        this.script = script;
        this.scheme = scheme;
        this.server = tls.apply(HttpServer.create()
                        .bindAddress(() -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .runOn(loop)
                        .handle(this::handle))
                .bindNow();
    }

    /** A server that listens on a free port. */
    public static DemoServer start(Function<Question, Reply> script) {
        return new DemoServer(question -> Mono.just(script.apply(question)), "http", UnaryOperator.identity());
    }

    /** The same, spoken to over TLS. */
    public static DemoServer startSecure(SslContext tls, Function<Question, Reply> script) {
        return new DemoServer(
                question -> Mono.just(script.apply(question)),
                "https",
                plain -> plain.secure(settings -> settings.sslContext(tls)));
    }

    /** A server whose replies may have to wait for something. */
    public static DemoServer startWaiting(Function<Question, Mono<Reply>> script) {
        return new DemoServer(script, "http", UnaryOperator.identity());
    }

    /** Where clients find it, {@code /v1} included. */
    public String baseUrl() {
        return scheme + "://127.0.0.1:" + server.port() + "/v1";
    }

    /** The variables that lead a client to it. */
    public Map<String, String> environment() {
        return Map.of("LLM_PROVIDER", "openai", "LLM_BASE_URL", baseUrl(), "LLM_API_KEY", "demo", "LLM_MODEL", MODEL);
    }

    /** How many requests have come. */
    public int requests() {
        return requests.get();
    }

    /** How many requests were at most under way at once. */
    public int mostAtOnce() {
        return mostOpen.get();
    }

    /** Completes when a client has closed its connection before its answer had ended. */
    public Mono<Void> abandoned() {
        return abandoned.asMono();
    }

    private Mono<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        AtomicBoolean ended = new AtomicBoolean();
        response.withConnection(connection -> connection.channel().closeFuture().addListener(closed -> {
            if (end(ended)) {
                abandoned.tryEmitEmpty();
            }
        }));
        return request.receive()
                .aggregate()
                .asString(StandardCharsets.UTF_8)
                .defaultIfEmpty("")
                .flatMap(body -> script.apply(Question.read(requests.incrementAndGet(), body)))
                .flatMap(reply -> Delivery.send(reply, response)
                        .doOnSuccess(sent -> end(ended))
                        .then(reply.cut() ? Delivery.hangUp(response) : Mono.empty()))
                .doOnError(failure -> end(ended));
    }

    /** Whether this request was under way until now. */
    private boolean end(AtomicBoolean ended) {
        boolean first = ended.compareAndSet(false, true);
        if (first) {
            open.decrementAndGet();
        }
        return first;
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(1));
        loop.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).block(Duration.ofSeconds(2));
    }
}
