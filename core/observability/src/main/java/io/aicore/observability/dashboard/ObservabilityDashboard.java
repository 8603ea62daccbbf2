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
 * A web page for the records of a collector, live and past: calls, retries and their causes, latencies, circuits, cost,
 * and each call with its attempts.
 *
 * <pre>{@code
 * DisposableServer server = ObservabilityDashboard.create(collector).start(8090).block();
 * // http://127.0.0.1:8090/
 * server.disposeNow();
 * }</pre>
 *
 * <p><b>Access.</b> Served on loopback by default, only to browsers on this machine: requests for another host name are
 * rejected, so that no web site can reach it through the browser. On another address ({@link #host}) a token is
 * required ({@link #token}), which the page asks for and sends with each request. It shows prompts and answers only if
 * the collector stores them. There is no TLS: use a proxy on untrusted networks.
 *
 * <p><b>Limits.</b> At most 2 concurrent queries, and 100 waiting; at most 100 viewers with live updates; a query fails
 * after 20 s. A page shows at most 160 time buckets, 200 groups and 5,000 circuit changes. Nothing is read without
 * viewers.
 *
 * <p>Immutable: each method returns a new instance.
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

    /** Creates a dashboard of this collector, on loopback. The collector is not closed with it. */
    public static ObservabilityDashboard create(LlmOperationCollector collector) {
        return new ObservabilityDashboard(collector, Assets.load(), "127.0.0.1", null);
    }

    /**
     * Sets the address to listen on. Default: 127.0.0.1. Any other than loopback requires a token.
     *
     * @param host an address of this machine, such as {@code 0.0.0.0}, or {@code localhost}
     */
    public ObservabilityDashboard host(String host) {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host: '' (expected: an address of this machine)");
        }
        return new ObservabilityDashboard(collector, assets, host, token);
    }

    /**
     * Sets the token that viewers need. Default: none, on loopback.
     *
     * @param token at least 16 characters that are valid in an HTTP header
     */
    public ObservabilityDashboard token(String token) {
        return new ObservabilityDashboard(collector, assets, host, Access.checked(token));
    }

    /**
     * Starts a server; it listens when the Mono completes, until it is disposed of.
     *
     * @param port 0 for any free port
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
     * A handler for your own server, below any path that ends in a slash. Requires the token if there is one; without
     * one, access control is up to your server.
     *
     * <pre>{@code
     * HttpServer.create().route(routes -> routes.get("/llm/**", dashboard.handler()))
     * }</pre>
     */
    public BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> handler() {
        return onNetty(new DashboardHandler(collector, assets, Access.mounted(token), Mono.never()));
    }

    /**
     * A handler for any other reactive server, which converts each request below that path to a
     * {@link DashboardExchange}.
     *
     * @param stopped ends the live updates of all viewers when it completes; otherwise a stopping server waits for them
     * @return handles an exchange on subscription to its Mono; a cancel ends it
     */
    public Function<DashboardExchange, Mono<Void>> exchangeHandler(Mono<Void> stopped) {
        return new DashboardHandler(collector, assets, Access.mounted(token), stopped)::handle;
    }

    private static BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> onNetty(
            DashboardHandler handler) {
        return (request, response) -> handler.handle(new NettyExchange(request, response));
    }
}
