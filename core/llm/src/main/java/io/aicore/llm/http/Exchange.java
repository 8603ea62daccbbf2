package io.aicore.llm.http;

import io.aicore.limit.Guard;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.error.LlmTimeoutException;
import io.aicore.llm.error.Phase;
import io.aicore.llm.internal.ExtendedContext;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.netty.Connection;
import reactor.netty.NettyOutbound;
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
final class Exchange<T> implements CoreSubscriber<T>, Subscription {

    /** What an exchange is made of. */
    record Parts<T>(
            Mono<WireRequest> request,
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
    private final Exchanges exchanges;
    private final Parts<T> parts;
    private final ConnectionPermits.@Nullable Place place;
    private final Context context;
    private volatile @Nullable Connection serving;
    private volatile @Nullable Outgoing outgoing;

    @SuppressWarnings("UnusedVariable") // Read by its updater; so is the next one.
    private volatile int released;

    // An element or the end under way; the end of an exchange keeps it above zero.
    @SuppressWarnings("UnusedVariable")
    private volatile int emitting;

    private volatile boolean abandoned;
    private volatile @Nullable Disposable waiting;
    private volatile boolean settled;
    private volatile @Nullable Subscription upstream;
    private volatile boolean sentAgain;
    private long requested;

    /**
     * @param place null: the call has its place from an admission
     */
    Exchange(
            CoreSubscriber<? super T> actual,
            Exchanges exchanges,
            Parts<T> parts,
            ConnectionPermits.@Nullable Place place) {
        this.actual = actual;
        this.exchanges = exchanges;
        this.parts = parts;
        this.place = place;
        this.context = new ExtendedContext(actual.currentContext(), Exchange.class, this);
    }

    void begin(WireRequest request) {
        if (place == null || place.isGranted()) {
            send(request);
        } else {
            Disposable turn = place.turn().subscribe(nothing -> {}, this::endsWith, () -> send(request));
            waiting = turn;
            if (abandoned) {
                turn.dispose();
            }
        }
    }

    private void send(WireRequest request) {
        if (abandoned) {
            return;
        }
        if (exchanges.closed()) {
            endsWith(exchanges.faults().closed());
            return;
        }
        parts.watch().start(this::expired, this::close);
        Flux<?> response;
        try {
            response = exchanges.sent(request, this);
        } catch (RuntimeException unfit) {
            endsWith(unfit);
            return;
        }
        receive(response);
    }

    /** The response is what this exchange's own reader makes of it, whoever else is sent the same way. */
    @SuppressWarnings("unchecked")
    private void receive(Flux<?> response) {
        ((Flux<T>) response).subscribe(this);
    }

    String encoding() {
        return parts.encoding();
    }

    boolean isSentAgain() {
        return sentAgain;
    }

    /** What goes to the connection next. */
    void sends(WireRequest request, HeaderBlock headers) {
        outgoing = new Outgoing(request, headers);
    }

    /** The event loop begins to connect. */
    void connecting(LoopLag loop) {
        parts.watch().connecting(loop);
    }

    /** Writes the request to the connection that is to serve it. */
    Publisher<Void> written(HttpClientRequest head, NettyOutbound outbound, Function<EventExecutor, LoopLag> lags) {
        ExchangeTimers watch = parts.watch();
        outbound.withConnection(connection -> {
            serving = connection;
            watch.sent(lags.apply(connection.channel().eventLoop()));
        });
        Outgoing request = Objects.requireNonNull(outgoing, "request");
        return request.to(head, outbound).doOnSuccess(nothing -> watch.written());
    }

    /** The head has arrived. */
    Publisher<T> answered(HttpClientResponse head, Flux<ByteBuf> content) {
        parts.watch().answered();
        int status = head.status().code();
        if (status < 200 || status > 599) {
            return Flux.error(exchanges.faults().noStatus(status));
        }
        try {
            ExchangeCodec codec = ExchangeCodec.of(connection().channel());
            return parts.reader().apply(head, codec.received(content, this));
        } catch (Throwable thrown) {
            // What a reader throws must end the exchange too.
            Guard.throwIfJvmEnds(thrown);
            return Flux.error(Guard.signal(thrown));
        }
    }

    private Connection connection() {
        return Objects.requireNonNull(serving, "connection");
    }

    @Override
    public Context currentContext() {
        return context;
    }

    /** Comes a second time if the request is sent again. */
    @Override
    public void onSubscribe(Subscription subscription) {
        long demand;
        synchronized (this) {
            upstream = subscription;
            demand = requested;
        }
        if (abandoned) {
            subscription.cancel();
        } else if (demand > 0) {
            subscription.request(demand);
        }
    }

    @Override
    public void request(long n) {
        if (!Operators.validate(n)) {
            return;
        }
        Subscription subscription = upstream;
        if (!settled) {
            synchronized (this) {
                subscription = upstream;
                requested = Operators.addCap(requested, n);
            }
        }
        if (subscription != null) {
            subscription.request(n);
        }
    }

    @Override
    public void onNext(T element) {
        // From the first element on there is no further upstream.
        settled = true;
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
        if (!sentAgain && !abandoned && exchanges.gaveUp(serving, error, watch)) {
            sentAgain = true;
            receive(parts.request().flatMapMany(request -> {
                watch.again();
                parts.resent().run();
                return exchanges.sent(request, this);
            }));
            return;
        }
        Throwable failure = watch.phase() == Phase.BODY ? error : beforeAnswer(error, watch);
        endsWith(watch.timeoutOr(failure));
    }

    private Throwable beforeAnswer(Throwable error, ExchangeTimers watch) {
        Throwable failure = exchanges.faults().beforeAnswer(error, watch.phase());
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

    private void expired() {
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
        Disposable turn = waiting;
        if (turn != null) {
            turn.dispose();
        }
        Subscription subscription = upstream;
        if (subscription != null) {
            subscription.cancel();
        }
        Connection connection = serving;
        if (connection != null) {
            EventLoops.dispose(connection);
        }
    }

    private void close() {
        Connection connection = serving;
        if (connection != null) {
            EventLoops.close(connection);
        }
    }

    /** Nothing is timed any more, and the place is the next call's. */
    void release() {
        if (RELEASED.compareAndSet(this, 0, 1)) {
            parts.watch().stop();
            if (place != null) {
                place.leave();
            }
        }
    }
}
