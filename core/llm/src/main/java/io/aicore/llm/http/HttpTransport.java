package io.aicore.llm.http;

import io.aicore.llm.codec.wire.Framing;
import io.aicore.llm.codec.wire.StreamFormat;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireHeaders;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.MalformedResponseException;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.concurrent.EventExecutor;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClientResponse;

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
 * {@code create} (default: {@code Schedulers.parallel()}). Nothing blocks. The caller's Context reaches the reader.
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
    private final HttpSettings settings;
    private final TransportErrors faults;
    private final Bodies bodies;
    private final ExpiryTicks ticks;
    private final InstantSource clock = InstantSource.system();
    private final ConnectionPermits places;
    private final Clients clients;
    private final Exchanges exchanges;

    private HttpTransport(String provider, BaseUrl target, HttpSettings settings, Scheduler timer) {
        this.target = target;
        this.settings = settings;
        this.ticks = new ExpiryTicks(timer);
        this.faults = new TransportErrors(provider, target.host(), settings);
        this.bodies = new Bodies(settings.maxResponseBytes(), faults);
        this.places = new ConnectionPermits(settings, faults, timer);
        // One entry for each event loop.
        Map<EventExecutor, LoopLag> lags = new ConcurrentHashMap<>();
        Function<EventExecutor, LoopLag> lag =
                loop -> lags.computeIfAbsent(loop, each -> new LoopBeat(each, System::nanoTime, ticks::now));
        this.clients = new Clients(settings, lag);
        this.exchanges = new Exchanges(target, faults, clients, lag);
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
        return new HttpTransport(provider, BaseUrl.of(baseUrl), settings, timer);
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
        return request.flatMapMany(first -> {
                    ExchangeTimers watch = new ExchangeTimers(ticks, timeouts, null, faults);
                    String encoding = settings.gzip() ? "gzip" : "identity";
                    return admitted(exchanges.of(
                            first,
                            new Exchanges.ExchangeOptions<>(
                                    request, encoding, watch, resent, (head, content) -> whole(head, content, watch))));
                })
                .single();
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
        return request.flatMapMany(first -> {
            ExchangeTimers watch = new ExchangeTimers(ticks, timeouts, waits, faults);
            return admitted(exchanges.of(
                    first,
                    new Exchanges.ExchangeOptions<>(
                            request,
                            "identity",
                            watch,
                            resent,
                            (head, content) -> read(head, content, watch, reader))));
        });
    }

    private <T> Publisher<T> read(
            HttpClientResponse head, Flux<ByteBuf> content, ExchangeTimers watch, StreamReader<T> reader) {
        WireResponse start = response(head, new byte[0]);
        reader.head(start);
        StreamFormat format = reader.format();
        if (isSuccess(head) && format.isText()) {
            return sniffed(head, content, watch, reader);
        }
        if (isSuccess(head) && declares(head, format)) {
            return reader.events(start, events(head, content, format, watch));
        }
        return whole(head, content, watch).flatMapMany(reader::response);
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
        return Mono.defer(clients::close);
    }

    @Override
    public boolean isDisposed() {
        return clients.closed();
    }

    @Override
    public String toString() {
        return "HttpTransport[" + target.host() + "]";
    }

    private <T> Flux<T> admitted(Flux<T> exchange) {
        ConnectionPermits.Place place = places.enter();
        return place.turn()
                .thenMany(Flux.defer(() -> clients.closed() ? Flux.error(faults.closed()) : exchange))
                .doFinally(signal -> place.leave());
    }

    /** A text body; its first bytes decide whether it is a stream. */
    private <T> Publisher<T> sniffed(
            HttpClientResponse head, Flux<ByteBuf> content, ExchangeTimers watch, StreamReader<T> reader) {
        Incoming incoming = new Incoming(reader.format(), declares(head, reader.format()), settings, faults);
        Function<Throwable, Throwable> failure =
                error -> watch.timeoutOr(incoming.isStream() ? faults.inStream(error) : faults.inBody(error));
        return inOrder(decoded(head, content, watch), incoming::feed, incoming::finish, failure)
                .switchOnFirst((first, parts) -> {
                    if (!incoming.isStream()) {
                        return parts.cast(Incoming.Whole.class)
                                .concatMap(part -> reader.response(response(head, part.body())));
                    }
                    return reader.events(
                            response(head, new byte[0]),
                            parts.ofType(Incoming.Event.class).map(Incoming.Event::event));
                });
    }

    private Flux<WireEvent> events(
            HttpClientResponse head, Flux<ByteBuf> content, StreamFormat format, ExchangeTimers watch) {
        return Flux.defer(() -> {
            Framing framing = format.framing(settings.maxLineBytes(), faults::lineTooLong);
            return inOrder(
                    decoded(head, content, watch),
                    framing::feed,
                    framing::finish,
                    error -> watch.timeoutOr(faults.inStream(error)));
        });
    }

    /**
     * Decodes one buffer at a time, so that nothing is read ahead of demand. A failure becomes an element, so that it
     * follows the elements before it; operators that delay errors achieve that only by reading ahead.
     */
    private static <T> Flux<T> inOrder(
            Flux<byte[]> bytes,
            Function<byte[], List<T>> feed,
            Supplier<List<T>> finish,
            Function<Throwable, Throwable> failure) {
        return bytes.map(buffer -> Flux.fromIterable(feed.apply(buffer)))
                .concatWith(Mono.fromSupplier(() -> Flux.fromIterable(finish.get())))
                .onErrorResume(error -> Mono.just(Flux.error(failure.apply(error))))
                .concatMap(Function.identity(), 0);
    }

    /** The decoded body of a stream. */
    private Flux<byte[]> decoded(HttpClientResponse head, Flux<ByteBuf> content, ExchangeTimers watch) {
        Flux<byte[]> bytes = content.doOnRequest(n -> watch.waiting())
                .doOnNext(buffer -> watch.arrived())
                .concatWith(Mono.defer(watch::failure))
                .map(Bodies::bytes);
        return Inflation.decoded(bytes, encodings(head), faults);
    }

    private Mono<WireResponse> whole(HttpClientResponse head, Flux<ByteBuf> content, ExchangeTimers watch) {
        Flux<byte[]> bytes = content.doOnRequest(n -> watch.waiting())
                .doOnNext(buffer -> {
                    watch.arrived();
                    watch.waiting();
                })
                .map(Bodies::bytes);
        if (!isSuccess(head)) {
            return refusal(head, Inflation.decoded(bytes, encodings(head), faults), watch);
        }
        return Inflation.decoded(bodies.limited(bytes), encodings(head), faults)
                .collect(ByteArrayOutputStream::new, bodies::add)
                .onErrorMap(error -> watch.timeoutOr(faults.inBody(error)))
                .map(body -> response(head, body.toByteArray()));
    }

    /**
     * Reads a response with an error status. The body only adds detail: what exceeds the limit, was lost with the
     * connection or cannot be decoded is omitted.
     */
    private Mono<WireResponse> refusal(HttpClientResponse head, Flux<byte[]> content, ExchangeTimers watch) {
        // Who refuses a request may well not read it to its end, and then the connection breaks.
        boolean mayBreak = watch.answeredEarly() || head.status().code() / 100 == 4;
        return Mono.defer(() -> {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            return content.takeWhile(bytes -> bodies.addWhatFits(body, bytes))
                    .onErrorComplete(MalformedResponseException.class)
                    .onErrorComplete(
                            error -> mayBreak && TransportErrors.isEndOfConnection(error) && !watch.hasExpired())
                    .onErrorMap(error -> watch.timeoutOr(faults.inBody(error)))
                    .then(Mono.fromSupplier(() -> response(head, body.toByteArray())));
        });
    }

    private static String encodings(HttpClientResponse head) {
        return String.join(",", head.responseHeaders().getAll(HttpHeaderNames.CONTENT_ENCODING));
    }

    private WireResponse response(HttpClientResponse head, byte[] body) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : head.responseHeaders().names()) {
            headers.put(name.toLowerCase(Locale.ROOT), head.responseHeaders().getAll(name));
        }
        return new WireResponse(head.status().code(), WireHeaders.ofAll(headers), body, clock.instant());
    }

    private static boolean isSuccess(HttpClientResponse head) {
        return head.status().code() / 100 == 2;
    }

    private static boolean declares(HttpClientResponse head, StreamFormat format) {
        String type = head.responseHeaders().get(HttpHeaderNames.CONTENT_TYPE, "");
        int end = type.indexOf(';');
        String mediaType = (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return mediaType.isEmpty() || format.matches(mediaType);
    }
}
