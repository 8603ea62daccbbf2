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
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
 * Sends requests to one provider over HTTP/1.1 and reads its answers: one client and one connection pool, for as long as
 * the provider lives.
 *
 * <p><b>Answers.</b> Any status is an answer; redirects are not followed, nothing is retried but this: a request on a
 * connection of the pool that the other side closes or resets, within a second after the request was written and before a
 * byte of an answer came, goes out once more at once, on a new connection. Whatever else keeps an answer
 * from coming is an {@code LlmException} with its phase: a timer that ran out, a connection refused, broken or not
 * trusted, bytes that are not HTTP, a body over the limit, all connections in use.
 *
 * <p><b>Forms.</b> The first bytes of a success that was asked for as a stream of text (behind white space and a byte order
 * mark) tell what it is, not its content type: server-sent events, JSON documents one behind the other, or one JSON document
 * alone, which is a whole answer. What is neither is what its content type says. Bodies in gzip and deflate are decoded, asked
 * for or not; another encoding is a failure that names it, except that a status other than 2xx keeps its meaning.
 *
 * <p><b>Threads.</b> Answers are emitted on the connection's event loop, timeouts on the timer given to {@code create}
 * (default: {@code Schedulers.parallel()}). Nothing here blocks. The caller's Context reaches the reader.
 *
 * <p><b>Cancelling</b>, like a timeout, closes the connection at once, wherever the exchange stands, and stops its timers.
 * (A connection that is still being made has carried nothing: it goes to the pool, or is given up after 60 s.) An answer
 * read to its end, errors included, gives the connection back to the pool.
 *
 * <p><b>Memory.</b> A plain answer is held whole, at most {@code maxResponseBytes}, encoded and decoded. Of a stream are held
 * at most: the event being assembled ({@code maxLineBytes}, twice while it is decoded; of JSON documents that are no protocol's
 * own stream {@code maxResponseBytes}), the events of one buffer of 8 KiB, what one read from the socket had brought beyond it
 * (64 KiB and 32 such buffers), and the operating system's socket buffers. A compressed one is decoded 8 KiB at a time.
 * Reading stops while the caller asks for nothing.
 */
public final class HttpTransport implements Disposable {

    static final int MAX_HEADER_BYTES = 64 << 10;

    private final Target target;
    private final HttpSettings settings;
    private final Faults faults;
    private final Bodies bodies;
    private final Scheduler timer;
    private final InstantSource clock = InstantSource.system();
    private final Places places;
    private final Clients clients;
    private final Exchanges exchanges;

    private HttpTransport(String provider, Target target, HttpSettings settings, Scheduler timer) {
        this.target = target;
        this.settings = settings;
        this.timer = timer;
        this.faults = new Faults(provider, target.host(), settings);
        this.bodies = new Bodies(settings.maxResponseBytes(), faults);
        this.places = new Places(settings, faults, timer);
        this.clients = new Clients(settings);
        this.exchanges = new Exchanges(target, faults, clients);
    }

    /**
     * A transport for this base URL. Reads the files that the TLS settings name; makes no connection yet.
     *
     * @param provider its configured name, for failures
     * @param baseUrl kept as it is: nothing is added to its path but that of the request, and its query is part of every
     *     request
     */
    public static HttpTransport create(String provider, URI baseUrl, HttpSettings settings) {
        return create(provider, baseUrl, settings, Schedulers.parallel());
    }

    /** The same, with a scheduler for all timers. */
    public static HttpTransport create(String provider, URI baseUrl, HttpSettings settings, Scheduler timer) {
        return new HttpTransport(provider, Target.of(baseUrl), settings, timer);
    }

    /**
     * The whole answer, whatever its status. Fails when the connect timeout, the first-byte timeout (if one is set) or the
     * attempt timeout has passed.
     */
    public Mono<WireResponse> send(WireRequest request, Timeouts timeouts) {
        return send(Mono.just(request), timeouts, () -> {});
    }

    /**
     * The same for a request that is made when it is sent, with a signature for example.
     *
     * @param request subscribed to for each sending: once, and once more where a kept connection was dead
     * @param resent run before such a second sending
     */
    public Mono<WireResponse> send(Mono<WireRequest> request, Timeouts timeouts, Runnable resent) {
        return request.flatMapMany(first -> {
                    Watch watch = new Watch(timer, timeouts, null, faults);
                    String encoding = settings.gzip() ? "gzip" : "identity";
                    return admitted(exchanges.of(
                            first,
                            new Exchanges.Terms<>(
                                    request, encoding, watch, resent, (head, content) -> whole(head, content, watch))));
                })
                .single();
    }

    /**
     * What the reader makes of the answer. Fails when the connect timeout has passed, when no byte of the body came within
     * the first-token timeout, and when none came within the idle timeout after that, although the caller asked for more.
     * How long the first content may take is the caller's to time. A connection that breaks within the stream is a {@code
     * ConnectionException} in phase {@code BODY}.
     */
    public <T> Flux<T> stream(WireRequest request, Timeouts timeouts, StreamReader<T> reader) {
        return stream(Mono.just(request), timeouts, StreamWaits.of(timeouts.stream(false)), () -> {}, reader);
    }

    /**
     * The same for a request that is made when it is sent, as in {@link #send(Mono, Timeouts, Runnable)}.
     *
     * @param waits in place of the stream's part of the timeouts
     */
    public <T> Flux<T> stream(
            Mono<WireRequest> request, Timeouts timeouts, StreamWaits waits, Runnable resent, StreamReader<T> reader) {
        return request.flatMapMany(first -> {
            Watch watch = new Watch(timer, timeouts, waits, faults);
            return admitted(exchanges.of(
                    first,
                    new Exchanges.Terms<>(
                            request,
                            "identity",
                            watch,
                            resent,
                            (head, content) -> read(head, content, watch, reader))));
        });
    }

    private <T> Publisher<T> read(HttpClientResponse head, Flux<ByteBuf> content, Watch watch, StreamReader<T> reader) {
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

    /** Rejects new calls and closes idle connections; calls in flight end in their own time. */
    @Override
    public void dispose() {
        disposeLater().subscribe();
    }

    /** The same when subscribed to; completes when the idle connections are closed. */
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
        Places.Place place = places.enter();
        return place.turn()
                .thenMany(Flux.defer(() -> clients.closed() ? Flux.error(faults.closed()) : exchange))
                .doFinally(signal -> place.leave());
    }

    /** A body of text: whether it is a stream is for its first bytes to tell. */
    private <T> Publisher<T> sniffed(
            HttpClientResponse head, Flux<ByteBuf> content, Watch watch, StreamReader<T> reader) {
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

    private Flux<WireEvent> events(HttpClientResponse head, Flux<ByteBuf> content, StreamFormat format, Watch watch) {
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
     * What these bytes hold, one buffer at a time, so that nothing is read ahead of the caller. A failure is made an element:
     * it then waits for what came before it, which operators that delay errors do only at the price of reading on.
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

    /** The body of a stream as it was meant. */
    private Flux<byte[]> decoded(HttpClientResponse head, Flux<ByteBuf> content, Watch watch) {
        Flux<byte[]> bytes = content.doOnRequest(n -> watch.waiting())
                .doOnNext(buffer -> watch.arrived())
                .concatWith(Mono.defer(watch::failure))
                .map(Bodies::bytes);
        return Inflation.decoded(bytes, encodings(head), faults);
    }

    private Mono<WireResponse> whole(HttpClientResponse head, Flux<ByteBuf> content, Watch watch) {
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
     * The status says what is the matter, the body why: what is over the limit is left, as is what a broken connection lost
     * and what cannot be decoded.
     */
    private Mono<WireResponse> refusal(HttpClientResponse head, Flux<byte[]> content, Watch watch) {
        // Who refuses a request may well not read it to its end, and then the connection breaks.
        boolean mayBreak = watch.answeredEarly() || head.status().code() / 100 == 4;
        return Mono.defer(() -> {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            return content.takeWhile(bytes -> bodies.addWhatFits(body, bytes))
                    .onErrorComplete(MalformedResponseException.class)
                    .onErrorComplete(error -> mayBreak && Faults.isEndOfConnection(error) && !watch.hasExpired())
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
