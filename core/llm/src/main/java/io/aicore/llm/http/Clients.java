package io.aicore.llm.http;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.ProxyProvider;

/** Reactor Netty clients configured by {@link HttpSettings}. */
final class Clients {

    /** Upper bound for connects abandoned by timed-out calls; the calls' own timers are shorter. */
    private static final Duration ABANDONED = Duration.ofSeconds(60);

    /** Below the keep-alive of the providers' load balancers, so that a pooled connection is rarely dead. */
    private static final Duration MAX_IDLE = Duration.ofSeconds(45);

    private static final AtomicInteger POOLS = new AtomicInteger();

    private final ConnectionProvider pool;
    private final HttpClient pooled;
    private final HttpClient unpooled;
    private final Function<EventExecutor, LoopLag> lags;
    private volatile boolean closed;

    /** @param target if its connections are not encrypted, what encryption takes is not even loaded */
    Clients(HttpSettings settings, BaseUrl target, Function<EventExecutor, LoopLag> lags) {
        SslContext context = target.isSecure() || settings.tls() != null ? context(settings.tls()) : null;
        SslContext tls = target.isSecure() ? context : null;
        this.lags = lags;
        this.pool = pool(settings);
        this.pooled = client(pool, settings, target, tls, lags);
        this.unpooled = client(ConnectionProvider.newConnection(), settings, target, tls, lags);
    }

    /** Pools its connections. */
    HttpClient pooled() {
        return pooled;
    }

    /** Opens a connection for each call. */
    HttpClient unpooled() {
        return unpooled;
    }

    /** How late this event loop is. */
    LoopLag lag(EventExecutor loop) {
        return lags.apply(loop);
    }

    /** Rejects further calls; completes when the idle connections are closed. */
    Mono<Void> close() {
        closed = true;
        return pool.disposeLater();
    }

    boolean closed() {
        return closed;
    }

    private static ConnectionProvider pool(HttpSettings settings) {
        return ConnectionProvider.builder("aicore-" + POOLS.incrementAndGet())
                .maxConnections(settings.maxConnections())
                // Calls queue in admission, or in ConnectionPermits; here only those wait whose predecessor's
                // connection is not back yet.
                .pendingAcquireMaxCount(-1)
                .pendingAcquireTimeout(ABANDONED)
                .maxIdleTime(MAX_IDLE)
                .lifo()
                .build();
    }

    private static HttpClient client(
            ConnectionProvider pool,
            HttpSettings settings,
            BaseUrl target,
            @Nullable SslContext tls,
            Function<EventExecutor, LoopLag> lags) {
        String host = target.hostHeader();
        // Speaks HTTP/1.1. To say so would load what TLS takes.
        HttpClient client = HttpClient.create(pool)
                // From a whole URL Reactor Netty would make both anew for each request.
                .remoteAddress(target::address)
                .headers(each -> each.set(HttpHeaderNames.HOST, host))
                .disableRetry(true)
                .followRedirect(false)
                // The codec sees to it: what has been received is read first.
                .option(ChannelOption.AUTO_CLOSE, false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(ABANDONED.toMillis()))
                .doOnChannelInit((observer, channel, address) -> {
                    KeepAlive.on(channel);
                    ExchangeCodec.install(channel, HttpTransport.MAX_HEADER_BYTES);
                    observer.currentContext()
                            .<Exchange<?>>getOrEmpty(Exchange.class)
                            .ifPresent(exchange -> exchange.connecting(lags.apply(channel.eventLoop())));
                });
        ProxySettings proxy = settings.proxy();
        HttpClient proxied = proxy == null ? client : client.proxy(spec -> through(spec, proxy));
        return tls == null ? proxied : secure(proxied, settings.tls(), tls);
    }

    private static void through(ProxyProvider.TypeSpec spec, ProxySettings proxy) {
        ProxyProvider.Builder builder =
                spec.type(ProxyProvider.Proxy.HTTP).host(proxy.host()).port(proxy.port());
        builder.connectTimeoutMillis(ABANDONED.toMillis());
        String user = proxy.user();
        if (user != null) {
            String password = proxy.password() == null ? "" : proxy.password();
            builder.username(user).password(name -> password);
        }
    }

    private static HttpClient secure(HttpClient client, @Nullable TlsSettings tls, SslContext context) {
        boolean anyHost = tls != null && tls.insecure();
        return client.secure(spec -> {
            var builder = spec.sslContext(context).handshakeTimeout(ABANDONED);
            if (anyHost) {
                builder.handlerConfigurator(handler -> {
                    SSLParameters parameters = handler.engine().getSSLParameters();
                    parameters.setEndpointIdentificationAlgorithm(null);
                    handler.engine().setSSLParameters(parameters);
                });
            }
        });
    }

    private static SslContext context(@Nullable TlsSettings tls) {
        UnaryOperator<SslContextBuilder> asTold =
                tls == null ? UnaryOperator.identity() : builder -> told(builder, tls);
        try {
            return asTold.apply(SslContextBuilder.forClient()).build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException("tls: cannot be used (expected: readable PEM certificates and keys)", e);
        }
    }

    private static SslContextBuilder told(SslContextBuilder builder, TlsSettings tls) {
        if (tls.insecure()) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE).endpointIdentificationAlgorithm(null);
        } else if (tls.trusted() != null) {
            builder.trustManager(tls.trusted().toFile());
        }
        if (tls.certificate() != null && tls.key() != null) {
            builder.keyManager(tls.certificate().toFile(), tls.key().toFile());
        }
        return builder;
    }
}
