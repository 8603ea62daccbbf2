package io.aicore.llm.http;

import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.error.LlmTimeoutException;
import io.aicore.llm.error.Phase;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Sends requests and receives responses. The peer may have closed a pooled connection, which shows only when the next
 * request is sent on it: such a request is sent again on a new connection.
 */
final class Exchanges {

    /** The common parameters of one call's exchanges. */
    record ExchangeOptions<T>(
            Mono<WireRequest> request,
            String encoding,
            ExchangeTimers watch,
            Runnable resent,
            BiFunction<HttpClientResponse, Flux<ByteBuf>, Publisher<T>> reader) {}

    private final BaseUrl target;
    private final TransportErrors faults;
    private final Clients clients;
    private final Function<EventExecutor, LoopLag> lags;

    Exchanges(BaseUrl target, TransportErrors faults, Clients clients, Function<EventExecutor, LoopLag> lags) {
        this.target = target;
        this.faults = faults;
        this.clients = clients;
        this.lags = lags;
    }

    /** The reader's result for the response to this request; the request of the options would be the next one. */
    <T> Flux<T> of(WireRequest request, ExchangeOptions<T> options) {
        ExchangeTimers watch = options.watch();
        AtomicReference<@Nullable Connection> serving = new AtomicReference<>();
        return sent(clients.pooled(), request, options, serving)
                .onErrorResume(
                        error -> gaveUp(serving.get(), error, watch),
                        error -> options.request().flatMapMany(again -> {
                            watch.again();
                            options.resent().run();
                            return sent(clients.unpooled(), again, options, serving);
                        }))
                .onErrorMap(error -> watch.phase() == Phase.BODY ? error : beforeAnswer(error, watch))
                .onErrorMap(watch::timeoutOr)
                // Runs when the cancel has gone upstream: what the connection's end looks like from there is nobody's.
                .doFinally(signal -> leave(signal, serving.get()))
                // Completes when a timer has run out, and fails then: an error of that signal would not cancel the
                // exchange.
                .takeUntilOther(watch.expired())
                .concatWith(Mono.defer(watch::failure))
                .doFinally(signal -> watch.stop());
    }

    private <T> Flux<T> sent(
            HttpClient client,
            WireRequest request,
            ExchangeOptions<T> options,
            AtomicReference<@Nullable Connection> serving) {
        ExchangeTimers watch = options.watch();
        HttpHeaders headers = headers(request, options.encoding());
        return client.request(HttpMethod.valueOf(request.method()))
                .uri(target.resolve(request.path()))
                .send((out, outbound) -> {
                    outbound.withConnection(connection -> {
                        serving.set(connection);
                        watch.sent(lags.apply(connection.channel().eventLoop()));
                    });
                    out.headers(headers);
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
                            : guarded(() -> options.reader().apply(head, content));
                })
                .contextWrite(context -> context.put(ExchangeTimers.class, watch));
    }

    private Throwable beforeAnswer(Throwable error, ExchangeTimers watch) {
        Throwable failure = faults.beforeAnswer(error, watch.phase());
        return failure instanceof LlmTimeoutException timeout ? watch.evidence(timeout) : failure;
    }

    /** Whether the peer, as far as can be seen, closed the connection before it received the request. */
    private boolean gaveUp(@Nullable Connection serving, Throwable error, ExchangeTimers watch) {
        return serving != null
                && watch.phase() != Phase.BODY
                && watch.justWritten()
                && !clients.closed()
                && TransportErrors.isEndOfConnection(error)
                && ExchangeCodec.of(serving.channel()).isKeptAndUnanswered();
    }

    /**
     * A cancel between the arrival of the head and the reader's subscription reaches neither: Reactor Netty's retry
     * operator then drops the connection without closing it. Disposing of an exchange that has ended does nothing.
     */
    private static void leave(SignalType signal, @Nullable Connection serving) {
        if (signal == SignalType.CANCEL && serving != null) {
            serving.dispose();
        }
    }

    /** An exception thrown by a reader must end the exchange too. */
    private static <T> Publisher<T> guarded(Supplier<Publisher<T>> reader) {
        try {
            return reader.get();
        } catch (RuntimeException e) {
            return Flux.error(e);
        }
    }

    private HttpHeaders headers(WireRequest request, String encoding) {
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
        if (hasBody(request)) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, request.body().length);
        }
        return headers;
    }

    /** A GET does not announce its missing body; other methods announce an empty one. */
    private static boolean hasBody(WireRequest request) {
        return request.body().length > 0 || !request.method().equals("GET");
    }
}
