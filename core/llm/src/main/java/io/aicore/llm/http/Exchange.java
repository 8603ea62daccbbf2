package io.aicore.llm.http;

import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.error.LlmTimeoutException;
import io.aicore.llm.error.Phase;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.netty.Connection;
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
            Mono<WireRequest> again,
            String encoding,
            ExchangeTimers watch,
            Runnable resent,
            BiFunction<HttpClientResponse, Flux<ByteBuf>, Publisher<T>> reader) {}

    private final CoreSubscriber<? super T> actual;
    private final Exchanges exchanges;
    private final Parts<T> parts;
    private final ConnectionPermits.Place place;
    private final Context context;
    private final AtomicReference<@Nullable Connection> serving = new AtomicReference<>();
    private final AtomicBoolean released = new AtomicBoolean();
    // An element or the end under way; the end of an exchange keeps it above zero.
    private final AtomicInteger emitting = new AtomicInteger();
    private volatile boolean abandoned;
    private volatile @Nullable Disposable waiting;
    private volatile boolean settled;
    private volatile @Nullable Subscription upstream;
    private boolean sentAgain;
    private long requested;

    private Exchange(
            CoreSubscriber<? super T> actual, Exchanges exchanges, Parts<T> parts, ConnectionPermits.Place place) {
        this.actual = actual;
        this.exchanges = exchanges;
        this.parts = parts;
        this.place = place;
        this.context = actual.currentContext().put(ExchangeTimers.class, parts.watch());
    }

    static <T> Flux<T> of(WireRequest request, Exchanges exchanges, ConnectionPermits places, Parts<T> parts) {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                ConnectionPermits.Place place;
                try {
                    place = places.enter();
                } catch (RuntimeException rejected) {
                    Operators.error(actual, rejected);
                    return;
                }
                Exchange<T> exchange = new Exchange<>(actual, exchanges, parts, place);
                actual.onSubscribe(exchange);
                exchange.begin(request);
            }
        };
    }

    private void begin(WireRequest request) {
        if (place.isGranted()) {
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
        Publisher<T> response;
        try {
            response = exchanges.pooled(request, parts, serving);
        } catch (RuntimeException unfit) {
            endsWith(unfit);
            return;
        }
        response.subscribe(this);
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
        if (!emitting.compareAndSet(0, 1)) {
            Operators.onNextDropped(element, context);
            return;
        }
        try {
            actual.onNext(element);
        } finally {
            if (emitting.decrementAndGet() != 0) {
                emitTimeout();
            }
        }
    }

    @Override
    public void onComplete() {
        if (emitting.getAndIncrement() == 0) {
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
        if (!sentAgain && !abandoned && exchanges.gaveUp(serving.get(), error, watch)) {
            sentAgain = true;
            parts.again()
                    .flatMapMany(request -> {
                        watch.again();
                        parts.resent().run();
                        return exchanges.unpooled(request, parts, serving);
                    })
                    .subscribe(this);
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
        if (emitting.getAndIncrement() == 0) {
            try {
                actual.onError(failure);
            } finally {
                release();
            }
        }
    }

    private void expired() {
        abandon();
        if (emitting.getAndIncrement() == 0) {
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
        Connection connection = serving.get();
        if (connection != null) {
            connection.dispose();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // its end is told by the response
    private void close() {
        Connection connection = serving.get();
        if (connection != null) {
            connection.channel().close();
        }
    }

    private void release() {
        if (released.compareAndSet(false, true)) {
            parts.watch().stop();
            place.leave();
        }
    }
}
