package io.aicore.llm.http;

import io.aicore.llm.codec.wire.WireRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;

/** The addresses of a transport's requests and their headers, each made once for all requests that share it. */
final class Endpoints {

    /** Paths whose address and headers are kept; a path with an id in it would only take another one's place. */
    private static final int MOST_KEPT = 64;

    private final BaseUrl target;
    private final TransportErrors faults;
    private final Clients clients;
    private final Map<String, Endpoint> kept = new ConcurrentHashMap<>();

    /** One path for POST, with the headers of its last request. */
    private static final class Endpoint {

        private final Flux<?> responses;
        private volatile @Nullable Headers last;

        Endpoint(Flux<?> responses) {
            this.responses = responses;
        }
    }

    /** The headers of a request, and what they are on the wire. */
    private record Headers(Map<String, String> asked, String encoding, HeaderBlock checked) {

        boolean areThose(WireRequest request, String encoding) {
            return this.encoding.equals(encoding) && (asked == request.headers() || asked.equals(request.headers()));
        }

        /** Sent a second time, they are encoded for all further requests. */
        Headers encoded() {
            return new Headers(asked, encoding, checked.encoded());
        }
    }

    Endpoints(BaseUrl target, TransportErrors faults, Clients clients) {
        this.target = target;
        this.faults = faults;
        this.clients = clients;
    }

    Clients clients() {
        return clients;
    }

    TransportErrors faults() {
        return faults;
    }

    /**
     * This request with its headers, to be sent on a pooled connection, or a new one if none is free.
     *
     * @param encoding the encodings that its response may have
     */
    Outgoing pooled(WireRequest request, String encoding) {
        Endpoint endpoint = request.method().equals("POST") ? endpoint(request.path()) : null;
        if (endpoint == null) {
            return outgoing(request, encoding, clients.pooled());
        }
        Headers known = endpoint.last;
        if (known == null || !known.areThose(request, encoding)) {
            known = new Headers(request.headers(), encoding, checked(request, encoding));
            endpoint.last = known;
        } else if (known.checked().isEncodable()) {
            known = known.encoded();
            endpoint.last = known;
        }
        return new Outgoing(request, known.checked(), endpoint.responses);
    }

    /** This request with its headers, to be sent on a new connection, which serves no other. */
    Outgoing unpooled(WireRequest request, String encoding) {
        return outgoing(request, encoding, clients.unpooled());
    }

    private Outgoing outgoing(WireRequest request, String encoding, HttpClient client) {
        HeaderBlock headers = checked(request, encoding);
        return new Outgoing(request, headers, responses(client, request.method(), request.path()));
    }

    private @Nullable Endpoint endpoint(String path) {
        Endpoint known = kept.get(path);
        if (known != null || kept.size() >= MOST_KEPT) {
            return known;
        }
        return kept.computeIfAbsent(path, each -> new Endpoint(responses(clients.pooled(), "POST", each)));
    }

    /** The request that is written, and the reader of its response, are those of the exchange that subscribes. */
    private Flux<?> responses(HttpClient client, String method, String path) {
        return client.request(HttpMethod.valueOf(method))
                .uri(target.target(path))
                .send(Exchange::write)
                .response(Exchange::read);
    }

    private HeaderBlock checked(WireRequest request, String encoding) {
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
