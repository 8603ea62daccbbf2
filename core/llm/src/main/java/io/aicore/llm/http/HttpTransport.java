package io.aicore.llm.http;

import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.internal.ExpiryTicks;
import io.netty.util.concurrent.EventExecutor;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Fuseable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Sends requests to one provider over HTTP/1.1 and reads its responses. Has one client and one connection pool for the
 * lifetime of the provider.
 *
 * <p><b>Responses.</b> A response with any status is emitted; redirects are not followed. Nothing is retried, with one
 * exception: a request on a pooled connection that the peer closes or resets, within a second after the request was
 * written and before a byte of a response, is sent again at once on a new connection. Every other failure is an
 * {@code LlmException} with its phase: a timeout, a connection that is refused, broken or not trusted, bytes that are
 * not HTTP, a body over the limit, all connections in use.
 *
 * <p><b>Formats.</b> The first bytes of a 2xx response to a streaming request (after white space and a byte order mark)
 * decide its format, not its content type: server-sent events, a sequence of JSON documents, or a single JSON document,
 * which is a whole answer. Anything else is treated according to its content type. Bodies in gzip and deflate are
 * decoded, requested or not; another encoding is a failure that names it, except that a status other than 2xx keeps its
 * meaning.
 *
 * <p><b>Threads.</b> Responses are emitted on the connection's event loop, timeouts on the timer given to
 * {@code create} (default: {@code Schedulers.parallel()}). Nothing blocks. The caller's Context reaches the
 * request.
 *
 * <p><b>Cancelling</b>, like a timeout, closes the connection at once in any phase of the exchange, and stops its
 * timers. (A connection that is still being established has carried nothing: it goes to the pool, or is abandoned after
 * 60 s.) A response that is read to its end, errors included, returns the connection to the pool.
 *
 * <p><b>Memory.</b> A plain response is buffered completely, at most {@code maxResponseBytes}, both encoded and
 * decoded. A stream buffers at most: the current event ({@code maxLineBytes}, twice while it is decoded;
 * {@code maxResponseBytes} for JSON documents that are not the protocol's own stream format), the events of one buffer
 * of 8 KiB, what one read from the socket returned beyond it (64 KiB and 32 such buffers), and the operating system's
 * socket buffers. A compressed stream is decoded 8 KiB at a time. Without demand, reading stops.
 */
public final class HttpTransport implements Disposable {

    /**
     * Code of a timeout while this client's own event loop was late, for want of CPU: it says nothing about the
     * provider.
     */
    public static final String CLIENT_BEHIND = "client_behind";

    static final int MAX_HEADER_BYTES = 64 << 10;

    private final BaseUrl target;
    private final TransportErrors faults;
    private final Responses responses;
    private final String encoding;
    private final ExpiryTicks ticks;
    private final Clients clients;
    private final Endpoints endpoints;
    private final @Nullable ConnectionPermits places;

    private HttpTransport(String provider, BaseUrl target, HttpSettings settings, Scheduler timer, boolean admitted) {
        this.target = target;
        this.ticks = new ExpiryTicks(timer);
        this.faults = new TransportErrors(provider, target.host(), settings);
        this.responses = new Responses(settings, faults);
        this.encoding = settings.gzip() ? "gzip" : "identity";
        // One entry for each event loop.
        Map<EventExecutor, LoopLag> lags = new ConcurrentHashMap<>();
        Function<EventExecutor, LoopLag> lag =
                loop -> lags.computeIfAbsent(loop, each -> new LoopBeat(each, System::nanoTime, ticks::now));
        this.clients = new Clients(settings, target, lag);
        this.endpoints = new Endpoints(target, faults, clients);
        this.places = admitted ? null : new ConnectionPermits(settings, faults, timer);
    }

    /**
     * Creates a transport for this base URL. Reads the files of the TLS settings; opens no connection yet.
     *
     * @param provider its configured name, for error messages
     * @param baseUrl used as it is: only the request's path is appended to its path, and its query is part of every
     *     request
     */
    public static HttpTransport create(String provider, URI baseUrl, HttpSettings settings) {
        return create(provider, baseUrl, settings, Schedulers.parallel());
    }

    /** Creates a transport with a scheduler for all timers. */
    public static HttpTransport create(String provider, URI baseUrl, HttpSettings settings, Scheduler timer) {
        return new HttpTransport(provider, BaseUrl.of(baseUrl), settings, timer, false);
    }

    /**
     * As {@link #create(String, URI, HttpSettings, Scheduler)}, for calls that have passed an
     * {@link io.aicore.limit.Admission} with {@link HttpSettings#maxConnections()} places: they have waited there, and meet
     * no queue here.
     */
    public static HttpTransport admitted(String provider, URI baseUrl, HttpSettings settings, Scheduler timer) {
        return new HttpTransport(provider, BaseUrl.of(baseUrl), settings, timer, true);
    }

    /**
     * Returns the whole response, whatever its status. Fails after the connect timeout, the first-byte timeout (if set)
     * or the attempt timeout.
     */
    public Mono<WireResponse> send(WireRequest request, Timeouts timeouts) {
        return send(Mono.just(request), timeouts, () -> {});
    }

    /**
     * As {@link #send(WireRequest, Timeouts)}, for a request that is created when it is sent, for example with a
     * signature.
     *
     * @param request subscribed for each sending: once, and again if a pooled connection was dead
     * @param resent runs before such a second sending
     */
    public Mono<WireResponse> send(Mono<WireRequest> request, Timeouts timeouts, Runnable resent) {
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super WireResponse> actual) {
                begin(request, parts(timeouts, resent), actual);
            }
        };
    }

    /**
     * Returns what the reader makes of the response. Fails after the connect timeout, if no byte of the body arrived
     * within the first-token timeout, and if none arrived within the idle timeout after that although there was demand.
     * The caller times the first content. A connection that breaks within the stream is a {@code ConnectionException}
     * in phase {@code BODY}.
     */
    public <T> Flux<T> stream(WireRequest request, Timeouts timeouts, StreamReader<T> reader) {
        return stream(Mono.just(request), timeouts, StreamWaits.of(timeouts.stream(false)), () -> {}, reader);
    }

    /**
     * As {@link #stream(WireRequest, Timeouts, StreamReader)}, for a request that is created when it is sent, see
     * {@link #send(Mono, Timeouts, Runnable)}.
     *
     * @param waits replaces the timeouts of streams
     */
    public <T> Flux<T> stream(
            Mono<WireRequest> request, Timeouts timeouts, StreamWaits waits, Runnable resent, StreamReader<T> reader) {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                begin(request, parts(timeouts, waits, resent, reader), actual);
            }
        };
    }

    private Exchange.Parts<WireResponse> parts(Timeouts timeouts, Runnable resent) {
        ExchangeTimers watch = new ExchangeTimers(ticks, timeouts, null, faults);
        return new Exchange.Parts<>(encoding, watch, resent, (head, content) -> responses.whole(head, content, watch));
    }

    private <T> Exchange.Parts<T> parts(Timeouts timeouts, StreamWaits waits, Runnable resent, StreamReader<T> reader) {
        ExchangeTimers watch = new ExchangeTimers(ticks, timeouts, waits, faults);
        return new Exchange.Parts<>(
                "identity", watch, resent, (head, content) -> responses.read(head, content, watch, reader));
    }

    /** Begins an exchange for this subscriber; its request is created first. */
    private <T> void begin(Mono<WireRequest> request, Exchange.Parts<T> parts, CoreSubscriber<? super T> actual) {
        WireRequest known = known(request);
        if (known != null) {
            begin(known, request, parts, actual);
            return;
        }
        request.flatMapMany(first -> new Flux<T>() {
                    @Override
                    public void subscribe(CoreSubscriber<? super T> subscriber) {
                        begin(first, request, parts, subscriber);
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

    private <T> void begin(
            WireRequest first, Mono<WireRequest> request, Exchange.Parts<T> parts, CoreSubscriber<? super T> actual) {
        ConnectionPermits.@Nullable Place place;
        try {
            place = places == null ? null : places.enter();
        } catch (RuntimeException rejected) {
            Operators.error(actual, rejected);
            return;
        }
        Exchange<T> exchange = new Exchange<>(actual, endpoints, request, parts, place);
        actual.onSubscribe(exchange);
        exchange.begin(first);
    }

    /** The full address of a request for this path. */
    public URI address(String path) {
        return target.resolve(path);
    }

    /** Rejects new calls and closes idle connections; calls in flight continue to their end. */
    @Override
    public void dispose() {
        disposeLater().subscribe();
    }

    /** As {@link #dispose()}, on subscription; completes when the idle connections are closed. */
    public Mono<Void> disposeLater() {
        return Mono.defer(() -> {
            ticks.rest();
            return clients.close();
        });
    }

    @Override
    public boolean isDisposed() {
        return clients.closed();
    }

    @Override
    public String toString() {
        return "HttpTransport[" + target.host() + "]";
    }
}
