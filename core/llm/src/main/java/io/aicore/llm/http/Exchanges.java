package io.aicore.llm.http;

import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.error.Phase;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.concurrent.EventExecutor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Fuseable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientInfos;

/**
 * Sends requests and receives responses. The peer may have closed a pooled connection, which shows only when the next
 * request is sent on it: such a request is sent again on a new connection.
 */
final class Exchanges {

    /** Paths whose address and headers are kept; a path with an id in it would only take another one's place. */
    private static final int MOST_KEPT = 64;

    private final BaseUrl target;
    private final TransportErrors faults;
    private final Clients clients;
    private final @Nullable ConnectionPermits places;
    private final Function<EventExecutor, LoopLag> lags;
    private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();

    /** One path for POST, with the headers of its last request. */
    private static final class Endpoint {

        private final Flux<?> responses;
        private volatile @Nullable Headers last;

        Endpoint(Flux<?> responses) {
            this.responses = responses;
        }
    }

    /** The headers of a request, and what they are on the wire. */
    private record Headers(Map<String, String> asked, String encoding, HeaderBlock block) {

        boolean areThose(WireRequest request, String encoding) {
            return this.encoding.equals(encoding) && (asked == request.headers() || asked.equals(request.headers()));
        }

        /** Sent a second time: it is worth while to encode them for all. */
        Headers encoded() {
            return new Headers(asked, encoding, block.encoded());
        }
    }

    Exchanges(
            BaseUrl target,
            TransportErrors faults,
            Clients clients,
            @Nullable ConnectionPermits places,
            Function<EventExecutor, LoopLag> lags) {
        this.target = target;
        this.faults = faults;
        this.clients = clients;
        this.places = places;
        this.lags = lags;
    }

    TransportErrors faults() {
        return faults;
    }

    boolean closed() {
        return clients.closed();
    }

    /** Begins an exchange for this subscriber; its request is created first. */
    <T> void subscribe(Exchange.Parts<T> parts, CoreSubscriber<? super T> actual) {
        WireRequest known = known(parts.request());
        if (known != null) {
            subscribe(known, parts, actual);
            return;
        }
        parts.request()
                .flatMapMany(first -> new Flux<T>() {
                    @Override
                    public void subscribe(CoreSubscriber<? super T> subscriber) {
                        Exchanges.this.subscribe(first, parts, subscriber);
                    }
                })
                .subscribe(actual);
    }

    /** The request if it is there already. */
    private static @Nullable WireRequest known(Mono<WireRequest> request) {
        try {
            return request instanceof Fuseable.ScalarCallable<?> scalar ? (WireRequest) scalar.call() : null;
        } catch (Exception e) {
            // The subscriber gets it.
            return null;
        }
    }

    private <T> void subscribe(WireRequest request, Exchange.Parts<T> parts, CoreSubscriber<? super T> actual) {
        ConnectionPermits.@Nullable Place place;
        try {
            place = places == null ? null : places.enter();
        } catch (RuntimeException rejected) {
            Operators.error(actual, rejected);
            return;
        }
        Exchange<T> exchange = new Exchange<>(actual, this, parts, place);
        actual.onSubscribe(exchange);
        exchange.begin(request);
    }

    /**
     * Sends the request of an exchange, which is found in the Context, on a pooled connection, or a new one if none is
     * free. Then on a new connection, which serves no other.
     */
    Flux<?> sent(WireRequest request, Exchange<?> exchange) {
        Endpoint endpoint =
                request.method().equals("POST") && !exchange.isSentAgain() ? endpoint(request.path()) : null;
        if (endpoint == null) {
            exchange.sends(request, block(request, exchange.encoding()));
            return responses(
                    exchange.isSentAgain() ? clients.unpooled() : clients.pooled(), request.method(), request.path());
        }
        Headers known = endpoint.last;
        if (known == null || !known.areThose(request, exchange.encoding())) {
            known = new Headers(request.headers(), exchange.encoding(), block(request, exchange.encoding()));
            endpoint.last = known;
        } else if (!known.block().isFinal()) {
            known = known.encoded();
            endpoint.last = known;
        }
        exchange.sends(request, known.block());
        return endpoint.responses;
    }

    private @Nullable Endpoint endpoint(String path) {
        Endpoint known = endpoints.get(path);
        if (known != null || endpoints.size() >= MOST_KEPT) {
            return known;
        }
        return endpoints.computeIfAbsent(path, each -> new Endpoint(responses(clients.pooled(), "POST", each)));
    }

    private Flux<?> responses(HttpClient client, String method, String path) {
        return client.request(HttpMethod.valueOf(method))
                .uri(target.target(path))
                .send((out, outbound) -> exchange(out).written(out, outbound, lags))
                .response((head, content) -> exchange(head).answered(head, content));
    }

    private static Exchange<?> exchange(HttpClientInfos asked) {
        return asked.currentContextView().get(Exchange.class);
    }

    /** Whether the peer, as far as can be seen, closed the connection before it received the request. */
    boolean gaveUp(@Nullable Connection serving, Throwable error, ExchangeTimers watch) {
        return serving != null
                && watch.phase() != Phase.BODY
                && watch.justWritten()
                && !clients.closed()
                && TransportErrors.isEndOfConnection(error)
                && ExchangeCodec.of(serving.channel()).isKeptAndUnanswered();
    }

    private HeaderBlock block(WireRequest request, String encoding) {
        HttpHeaders headers = new DefaultHttpHeaders();
        headers.set(HttpHeaderNames.USER_AGENT, "aicore-java");
        headers.set(HttpHeaderNames.ACCEPT_ENCODING, encoding);
        request.headers().forEach((name, value) -> {
            try {
                headers.set(name, value);
            } catch (IllegalArgumentException e) {
                // Without its cause, whose message may show the value.
                throw faults.badRequest("the header " + name + " has a character that HTTP does not allow");
            }
        });
        return HeaderBlock.of(headers);
    }
}
