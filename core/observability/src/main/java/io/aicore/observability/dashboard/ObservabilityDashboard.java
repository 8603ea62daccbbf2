package io.aicore.observability.dashboard;

import io.aicore.observability.LlmOperationCollector;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A page that shows what a collector recorded, live and past: calls, retries and their causes, latencies, circuits, cost, and
 * each call with its attempts.
 *
 * <pre>{@code
 * DisposableServer server = ObservabilityDashboard.create(collector).start(8090).block();
 * // http://127.0.0.1:8090/
 * server.disposeNow();
 * }</pre>
 *
 * <p><b>Who may look.</b> Served on loopback by default, to browsers of this machine alone: requests that name another host
 * are refused, so that no web site can reach it through the browser. Elsewhere ({@link #host}) only with a token ({@link
 * #token}), which the page asks for and sends with each request. It shows prompts and answers only if the collector stores
 * them. There is no TLS: put it behind a proxy where the network is not trusted.
 *
 * <p><b>Bounds.</b> At most 2 queries read the database at once and 100 wait; at most 100 viewers are told of changes; a
 * query of more than 20 s fails. A page shows at most 160 spans of time, 200 groups and 5,000 changes of circuits. Nothing is read while nobody looks.
 *
 * <p>Immutable: each method gives a new one.
 */
public final class ObservabilityDashboard {

    private static final Duration IDLE = Duration.ofMinutes(2);

    private final LlmOperationCollector collector;
    private final Assets assets;
    private final String host;
    private final @Nullable String token;

    private ObservabilityDashboard(
            LlmOperationCollector collector, Assets assets, String host, @Nullable String token) {
        this.collector = collector;
        this.assets = assets;
        this.host = host;
        this.token = token;
    }

    /** Of what this collector records, on loopback. The collector stays the caller's: it is not closed with the page. */
    public static ObservabilityDashboard create(LlmOperationCollector collector) {
        return new ObservabilityDashboard(collector, Assets.load(), "127.0.0.1", null);
    }

    /**
     * Where to listen. Default: 127.0.0.1. Anywhere but on loopback a token is needed too.
     *
     * @param host an address of this machine, as {@code 0.0.0.0}, or {@code localhost}
     */
    public ObservabilityDashboard host(String host) {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host: '' (expected: an address of this machine)");
        }
        return new ObservabilityDashboard(collector, assets, host, token);
    }

    /**
     * What a viewer must know. Default: none is asked for, on loopback.
     *
     * @param token at least 16 characters, of those that an HTTP header can hold
     */
    public ObservabilityDashboard token(String token) {
        return new ObservabilityDashboard(collector, assets, host, Access.checked(token));
    }

    /**
     * A server that listens when the Mono completes, until it is disposed of.
     *
     * @param port 0 for a free one
     * @throws IllegalArgumentException if the host is not loopback and there is no token
     */
    public Mono<DisposableServer> start(int port) {
        Access access = Access.of(host, token);
        return Mono.defer(() -> {
            Sinks.Empty<Void> stopped = Sinks.empty();
            return HttpServer.create()
                    .host(Access.address(host))
                    .port(port)
                    .idleTimeout(IDLE)
                    .handle(onNetty(new DashboardHandler(collector, assets, access, stopped.asMono())))
                    .bind()
                    .doOnNext(server -> server.onDispose(stopped::tryEmitEmpty))
                    .cast(DisposableServer.class);
        });
    }

    /**
     * The same as a part of a server of yours, below any path that ends in a slash. It asks for the token if there is one;
     * without one, who reaches that path is who may look.
     *
     * <pre>{@code
     * HttpServer.create().route(routes -> routes.get("/llm/**", dashboard.handler()))
     * }</pre>
     */
    public BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> handler() {
        return onNetty(new DashboardHandler(collector, assets, Access.mounted(token), Mono.never()));
    }

    /**
     * The same as a part of any other reactive server, which makes each of its requests below that path a {@link
     * DashboardExchange}.
     *
     * @param stopped ends the live updates of all viewers when it completes: a server that stops waits for them otherwise
     * @return what answers an exchange, when its Mono is subscribed to; a cancel ends it
     */
    public Function<DashboardExchange, Mono<Void>> exchangeHandler(Mono<Void> stopped) {
        return new DashboardHandler(collector, assets, Access.mounted(token), stopped)::handle;
    }

    private static BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> onNetty(
            DashboardHandler handler) {
        return (request, response) -> handler.handle(new NettyExchange(request, response));
    }
}
