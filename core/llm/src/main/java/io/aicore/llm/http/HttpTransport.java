package io.aicore.llm.http;

import io.aicore.llm.codec.wire.StreamFormat;
import io.aicore.llm.codec.wire.WireHeaders;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.MalformedResponseException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.concurrent.EventExecutor;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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

    private static final byte[] NOTHING = {};
    private static final long UNKNOWN = -1;

    private final BaseUrl target;
    private final HttpSettings settings;
    private final TransportErrors faults;
    private final ReadArrays arrays = new ReadArrays();
    private final String encoding;
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
        this.encoding = settings.gzip() ? "gzip" : "identity";
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
        return Mono.fromDirect(request.flatMapMany(first -> {
            ExchangeTimers watch = new ExchangeTimers(ticks, timeouts, null, faults);
            return Exchange.of(
                    first,
                    exchanges,
                    places,
                    new Exchange.Parts<>(
                            request, encoding, watch, resent, (head, content) -> whole(head, content, watch)));
        }));
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
            return Exchange.of(
                    first,
                    exchanges,
                    places,
                    new Exchange.Parts<>(
                            request, "identity", watch, resent, (head, content) -> read(head, content, watch, reader)));
        });
    }

    private <T> Publisher<T> read(
            HttpClientResponse head, Flux<ByteBuf> content, ExchangeTimers watch, StreamReader<T> reader) {
        StreamFormat format = reader.format();
        boolean declared = declares(head, format);
        reader.head(response(head, NOTHING));
        if (isSuccess(head) && (format.isText() || declared)) {
            Incoming incoming = new Incoming(format, declared, settings, faults);
            return new StreamBody<>(
                    plain(head, content, watch),
                    new StreamBody.Parts<>(incoming, reader, body -> response(head, body), watch, faults, arrays));
        }
        return whole(head, timed(content, watch), watch).flatMapIterable(reader::response);
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

    /** The body as the server has made it; a body that is not encoded stays as it comes. */
    private Flux<ByteBuf> plain(HttpClientResponse head, Flux<ByteBuf> content, ExchangeTimers watch) {
        String encodings = encodings(head);
        return encodings.isEmpty()
                ? content
                : Inflation.decoded(timed(content, watch).map(BodyBuffer::bytes), encodings, faults)
                        .map(Unpooled::wrappedBuffer);
    }

    private static Flux<ByteBuf> timed(Flux<ByteBuf> content, ExchangeTimers watch) {
        return content.doOnRequest(n -> watch.waiting()).doOnNext(buffer -> {
            watch.arrived();
            watch.waiting();
        });
    }

    private Mono<WireResponse> whole(HttpClientResponse head, Flux<ByteBuf> content, ExchangeTimers watch) {
        String encodings = encodings(head);
        if (!isSuccess(head)) {
            return refusal(head, Inflation.decoded(content.map(BodyBuffer::bytes), encodings, faults), watch);
        }
        Mono<BodyBuffer> body = encodings.isEmpty()
                ? content.collect(() -> buffer(announced(head)), BodyBuffer::add)
                : Inflation.decoded(limited(content.map(BodyBuffer::bytes)), encodings, faults)
                        .collect(() -> buffer(UNKNOWN), BodyBuffer::add);
        return body.onErrorMap(error -> watch.timeoutOr(faults.inBody(error)))
                .map(whole -> response(head, whole.whole()));
    }

    /** Fails beyond the limit: a large encoded body may decode to a small one. */
    private Flux<byte[]> limited(Flux<byte[]> body) {
        long[] left = {settings.maxResponseBytes()};
        return body.doOnNext(bytes -> {
            left[0] -= bytes.length;
            if (left[0] < 0) {
                throw faults.bodyTooLarge();
            }
        });
    }

    /**
     * Reads a response with an error status. The body only adds detail: what exceeds the limit, was lost with the
     * connection or cannot be decoded is omitted.
     */
    private Mono<WireResponse> refusal(HttpClientResponse head, Flux<byte[]> content, ExchangeTimers watch) {
        // Who refuses a request may well not read it to its end, and then the connection breaks.
        boolean mayBreak = watch.answeredEarly() || head.status().code() / 100 == 4;
        BodyBuffer body = buffer(UNKNOWN);
        return content.takeWhile(body::addWhatFits)
                .onErrorComplete(MalformedResponseException.class)
                .onErrorComplete(error -> mayBreak && TransportErrors.isEndOfConnection(error) && !watch.hasExpired())
                .onErrorMap(error -> watch.timeoutOr(faults.inBody(error)))
                .then(Mono.fromSupplier(() -> response(head, body.whole())));
    }

    private BodyBuffer buffer(long announced) {
        return new BodyBuffer(settings.maxResponseBytes(), announced, faults);
    }

    private static long announced(HttpClientResponse head) {
        String length = head.responseHeaders().get(HttpHeaderNames.CONTENT_LENGTH);
        try {
            return length == null ? UNKNOWN : Long.parseLong(length);
        } catch (NumberFormatException unusable) {
            return UNKNOWN;
        }
    }

    private static String encodings(HttpClientResponse head) {
        return head.responseHeaders().contains(HttpHeaderNames.CONTENT_ENCODING)
                ? String.join(",", head.responseHeaders().getAll(HttpHeaderNames.CONTENT_ENCODING))
                : "";
    }

    private WireResponse response(HttpClientResponse head, byte[] body) {
        WireHeaders headers = WireHeaders.in(new NettyHeaders(head.responseHeaders()));
        return new WireResponse(head.status().code(), headers, body, clock.instant());
    }

    /** The headers as they came. */
    private record NettyHeaders(HttpHeaders headers) implements WireHeaders.Source {

        @Override
        public @Nullable String first(String name) {
            return headers.get(name);
        }

        @Override
        public Set<String> names() {
            Set<String> names = new LinkedHashSet<>();
            for (Map.Entry<String, String> header : headers) {
                names.add(header.getKey().toLowerCase(Locale.ROOT));
            }
            return names;
        }
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
