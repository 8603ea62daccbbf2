package io.aicore.llm.http;

import io.aicore.limit.Guard;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.error.LlmTimeoutException;
import io.aicore.llm.error.Phase;
import io.aicore.llm.internal.ExtendedContext;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.netty.Connection;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClientInfos;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;
import reactor.util.context.Context;

/**
 * One exchange: waits for a connection permit, sends the request, once more if its pooled connection was dead, and
 * passes on what the reader makes of the response. Ends with it, with a timeout or with a cancel, and releases permit,
 * connection and timeouts in each case.
 *
 * <p>Signals come one after another from the connection's event loop; timeouts and cancels come from anywhere.
 */
final class Exchange<T> extends ResentSubscription<T> implements ExchangeTimers.Timed {

    /** What an exchange is made of. */
    record Parts<T>(
            String encoding,
            ExchangeTimers watch,
            Runnable resent,
            BiFunction<HttpClientResponse, Flux<ByteBuf>, Publisher<T>> reader) {}

    @SuppressWarnings("rawtypes") // A field updater knows no type arguments; so does the next one.
    private static final AtomicIntegerFieldUpdater<Exchange> EMITTING =
            AtomicIntegerFieldUpdater.newUpdater(Exchange.class, "emitting");

    @SuppressWarnings("rawtypes")
    private static final AtomicIntegerFieldUpdater<Exchange> RELEASED =
            AtomicIntegerFieldUpdater.newUpdater(Exchange.class, "released");

    private final CoreSubscriber<? super T> actual;
    private final Endpoints endpoints;
    private final Parts<T> parts;
    private final ConnectionPermits.@Nullable Place place;
    private final Context context;
    private volatile @Nullable Connection serving;

    // What may be sent once more, and what is being sent; let go when the answer begins, as requests may be large.
    private volatile @Nullable Mono<WireRequest> request;
    private volatile @Nullable Outgoing outgoing;

    @SuppressWarnings("UnusedVariable") // Read by its updater; so is the next one.
    private volatile int released;

    // An element or the end under way; the end of an exchange keeps it above zero.
    @SuppressWarnings("UnusedVariable")
    private volatile int emitting;

    private volatile boolean abandoned;

    /**
     * @param request subscribed once more if it is sent again
     * @param place null: the call has its place from an admission
     */
    Exchange(
            CoreSubscriber<? super T> actual,
            Endpoints endpoints,
            Mono<WireRequest> request,
            Parts<T> parts,
            ConnectionPermits.@Nullable Place place) {
        this.actual = actual;
        this.endpoints = endpoints;
        this.request = request;
        this.parts = parts;
        this.place = place;
        this.context = new ExtendedContext(actual.currentContext(), Exchange.class, this);
    }

    void begin(WireRequest first) {
        if (place == null) {
            send(first);
        } else {
            place.await(() -> send(first), this::endsWith);
        }
    }

    private void send(WireRequest first) {
        if (abandoned) {
            return;
        }
        if (endpoints.clients().closed()) {
            endsWith(endpoints.faults().closed());
            return;
        }
        parts.watch().start(this);
        Outgoing next;
        try {
            next = endpoints.pooled(first, parts.encoding());
        } catch (RuntimeException unfit) {
            endsWith(unfit);
            return;
        }
        sent(next).subscribe(this);
    }

    /** The responses to this request are what this exchange's own reader makes of them, whoever else sends the same way. */
    @SuppressWarnings("unchecked")
    private Flux<T> sent(Outgoing next) {
        outgoing = next;
        return (Flux<T>) next.responses();
    }

    /** The event loop begins to connect. */
    void connecting(LoopLag loop) {
        parts.watch().connecting(loop);
    }

    private static Exchange<?> of(HttpClientInfos asked) {
        return asked.currentContextView().get(Exchange.class);
    }

    /** Writes the request of the exchange that is in the Context to the connection that is to serve it. */
    static Publisher<Void> write(HttpClientRequest head, NettyOutbound outbound) {
        return of(head).written(head, outbound);
    }

    private Publisher<Void> written(HttpClientRequest head, NettyOutbound outbound) {
        ExchangeTimers watch = parts.watch();
        outbound.withConnection(connection -> {
            serving = connection;
            watch.sent(endpoints.clients().lag(connection.channel().eventLoop()));
        });
        Outgoing next = Objects.requireNonNull(outgoing, "request");
        return next.to(head, outbound).doOnSuccess(nothing -> watch.written());
    }

    /** Reads the response to the exchange that is in the Context; its head has arrived. */
    static Publisher<?> read(HttpClientResponse head, Flux<ByteBuf> content) {
        return of(head).answered(head, content);
    }

    private Publisher<T> answered(HttpClientResponse head, Flux<ByteBuf> content) {
        parts.watch().answered();
        request = null;
        outgoing = null;
        int status = head.status().code();
        if (status < 200 || status > 599) {
            return Flux.error(endpoints.faults().noStatus(status));
        }
        try {
            Connection connection = Objects.requireNonNull(serving, "connection");
            ExchangeCodec codec = ExchangeCodec.of(connection.channel());
            return parts.reader().apply(head, codec.received(content, this));
        } catch (Throwable thrown) {
            // What a reader throws must end the exchange too.
            Guard.throwIfJvmEnds(thrown);
            return Flux.error(Guard.signal(thrown));
        }
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    boolean isAbandoned() {
        return abandoned;
    }

    @Override
    public void onNext(T element) {
        settle();
        if (!EMITTING.compareAndSet(this, 0, 1)) {
            Operators.onNextDropped(element, context);
            return;
        }
        try {
            actual.onNext(element);
        } catch (Throwable thrown) {
            // Nothing follows it that would end the exchange.
            cancel();
            throw thrown;
        } finally {
            if (EMITTING.decrementAndGet(this) != 0) {
                emitTimeout();
            }
        }
    }

    @Override
    public void onComplete() {
        if (EMITTING.getAndIncrement(this) == 0) {
            try {
                actual.onComplete();
            } finally {
                release();
            }
        }
    }

    @Override
    public void onError(Throwable error) {
        ExchangeTimers watch = parts.watch();
        Mono<WireRequest> again = request;
        if (again != null && !abandoned && gaveUp(error)) {
            request = null;
            again.flatMapMany(next -> {
                        watch.again();
                        parts.resent().run();
                        return sent(endpoints.unpooled(next, parts.encoding()));
                    })
                    .subscribe(this);
            return;
        }
        Throwable failure = watch.phase() == Phase.BODY ? error : beforeAnswer(error, watch);
        endsWith(watch.timeoutOr(failure));
    }

    /** Whether the peer, as far as can be seen, closed the connection before it received the request. */
    private boolean gaveUp(Throwable error) {
        Connection connection = serving;
        return connection != null
                && parts.watch().phase() != Phase.BODY
                && parts.watch().justWritten()
                && !endpoints.clients().closed()
                && TransportErrors.isEndOfConnection(error)
                && ExchangeCodec.of(connection.channel()).isKeptAndUnanswered();
    }

    private Throwable beforeAnswer(Throwable error, ExchangeTimers watch) {
        Throwable failure = endpoints.faults().beforeAnswer(error, watch.phase());
        return failure instanceof LlmTimeoutException timeout ? watch.evidence(timeout) : failure;
    }

    /** What comes after the end is a consequence of it: a closed connection. */
    private void endsWith(Throwable failure) {
        if (EMITTING.getAndIncrement(this) == 0) {
            try {
                actual.onError(failure);
            } finally {
                release();
            }
        }
    }

    @Override
    public void expired() {
        abandon();
        if (EMITTING.getAndIncrement(this) == 0) {
            emitTimeout();
        }
    }

    private void emitTimeout() {
        Throwable timeout = parts.watch().timeout();
        if (timeout == null) {
            return;
        }
        try {
            actual.onError(timeout);
        } finally {
            release();
        }
    }

    @Override
    public void cancel() {
        abandon();
        release();
    }

    /**
     * A cancel between the arrival of the head and the reader's subscription reaches neither: Reactor Netty's retry
     * operator then drops the connection without closing it. Disposing of an exchange that has ended does nothing.
     */
    private void abandon() {
        abandoned = true;
        cancelResponse();
        EventLoops.dispose(serving);
    }

    @Override
    public void overdue() {
        EventLoops.close(serving);
    }

    /** Stops the timers and releases the place. */
    void release() {
        if (RELEASED.compareAndSet(this, 0, 1)) {
            parts.watch().stop();
            if (place != null) {
                place.leave();
            }
        }
    }
}
