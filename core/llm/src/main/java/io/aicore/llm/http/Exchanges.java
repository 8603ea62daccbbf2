package io.aicore.llm.http;

import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.error.Phase;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.concurrent.EventExecutor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;

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
    private final Function<EventExecutor, LoopLag> lags;
    private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();

    /** One path for POST, with the headers of its last request. */
    private static final class Endpoint {

        private final HttpClient.RequestSender sender;
        private volatile @Nullable Headers last;

        Endpoint(HttpClient.RequestSender sender) {
            this.sender = sender;
        }
    }

    /** Checked headers; not changed any more. */
    private record Headers(Map<String, String> asked, String encoding, HttpHeaders checked) {

        boolean areThose(WireRequest request, String encoding) {
            return this.encoding.equals(encoding) && (asked == request.headers() || asked.equals(request.headers()));
        }
    }

    Exchanges(BaseUrl target, TransportErrors faults, Clients clients, Function<EventExecutor, LoopLag> lags) {
        this.target = target;
        this.faults = faults;
        this.clients = clients;
        this.lags = lags;
    }

    TransportErrors faults() {
        return faults;
    }

    boolean closed() {
        return clients.closed();
    }

    /** Sends this request on a pooled connection, or a new one if none is free. */
    <T> Publisher<T> pooled(
            WireRequest request, Exchange.Parts<T> parts, AtomicReference<@Nullable Connection> serving) {
        Endpoint endpoint = request.method().equals("POST") ? endpoint(request.path()) : null;
        if (endpoint == null) {
            return sent(sender(clients.pooled(), request), checked(request, parts.encoding()), request, parts, serving);
        }
        Headers headers = endpoint.last;
        if (headers == null || !headers.areThose(request, parts.encoding())) {
            headers = new Headers(request.headers(), parts.encoding(), checked(request, parts.encoding()));
            endpoint.last = headers;
        }
        return sent(endpoint.sender, headers.checked(), request, parts, serving);
    }

    /** Sends this request on a new connection, which serves no other. */
    <T> Publisher<T> unpooled(
            WireRequest request, Exchange.Parts<T> parts, AtomicReference<@Nullable Connection> serving) {
        return sent(sender(clients.unpooled(), request), checked(request, parts.encoding()), request, parts, serving);
    }

    private @Nullable Endpoint endpoint(String path) {
        Endpoint known = endpoints.get(path);
        if (known != null || endpoints.size() >= MOST_KEPT) {
            return known;
        }
        return endpoints.computeIfAbsent(
                path, each -> new Endpoint(clients.pooled().post().uri(target.resolve(each))));
    }

    private HttpClient.RequestSender sender(HttpClient client, WireRequest request) {
        return client.request(HttpMethod.valueOf(request.method())).uri(target.resolve(request.path()));
    }

    private <T> Publisher<T> sent(
            HttpClient.RequestSender sender,
            HttpHeaders headers,
            WireRequest request,
            Exchange.Parts<T> parts,
            AtomicReference<@Nullable Connection> serving) {
        ExchangeTimers watch = parts.watch();
        return sender.send((out, outbound) -> {
                    outbound.withConnection(connection -> {
                        serving.set(connection);
                        watch.sent(lags.apply(connection.channel().eventLoop()));
                    });
                    put(headers, request, out.requestHeaders());
                    Mono<Void> written = Mono.fromRunnable(watch::written);
                    return hasBody(request)
                            ? outbound.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(request.body())))
                                    .then(written)
                            : outbound.then(written);
                })
                .response((head, content) -> {
                    watch.answered();
                    int status = head.status().code();
                    return status < 200 || status > 599
                            ? Flux.error(faults.noStatus(status))
                            : guarded(() -> parts.reader().apply(head, content));
                });
    }

    /** Host comes last, as it is set by Reactor Netty and not by us. */
    private static void put(HttpHeaders headers, WireRequest request, HttpHeaders out) {
        String host = out.get(HttpHeaderNames.HOST);
        out.set(headers);
        if (hasBody(request)) {
            out.set(HttpHeaderNames.CONTENT_LENGTH, request.body().length);
        }
        if (host != null) {
            out.set(HttpHeaderNames.HOST, host);
        }
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

    /** An exception thrown by a reader must end the exchange too. */
    private static <T> Publisher<T> guarded(Supplier<Publisher<T>> reader) {
        try {
            return reader.get();
        } catch (RuntimeException e) {
            return Flux.error(e);
        }
    }

    private HttpHeaders checked(WireRequest request, String encoding) {
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
        return headers;
    }

    /** A GET does not announce its missing body; other methods announce an empty one. */
    private static boolean hasBody(WireRequest request) {
        return request.body().length > 0 || !request.method().equals("GET");
    }
}
