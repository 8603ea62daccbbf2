package io.aicore.llm.http;

import io.aicore.limit.Guard;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireResponse;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * The elements that a reader makes of the body of a 2xx response to a streaming request. Reads one buffer at a time, and
 * the next one only when the elements of the last are delivered and there is demand: nothing is read ahead. A failure
 * follows the elements before it.
 */
final class StreamBody<T> extends Flux<T> {

    /** The parts of the exchange that a body needs. */
    record Parts<T>(
            Incoming incoming,
            StreamReader<T> reader,
            Function<byte[], WireResponse> response,
            ExchangeTimers watch,
            TransportErrors faults,
            ReadArrays arrays) {}

    private final Flux<ByteBuf> content;
    private final Parts<T> parts;

    /**
     * @param content allows one subscriber
     */
    StreamBody(Flux<ByteBuf> content, Parts<T> parts) {
        this.content = content;
        this.parts = parts;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        content.subscribe(new Reading<>(actual, parts));
    }

    private static final class Reading<T> implements CoreSubscriber<ByteBuf>, Subscription {

        private static final byte[] NOTHING = {};

        private final CoreSubscriber<? super T> actual;
        private final Parts<T> parts;
        private final AtomicInteger draining = new AtomicInteger();
        private final AtomicLong requested = new AtomicLong();
        private @Nullable Subscription source;
        private volatile boolean cancelled;

        // Of the event loop.
        private @Nullable EventReader<T> events;
        private @Nullable Throwable readersOwn;
        private boolean over;

        // From the event loop to the one who drains: the elements of the last buffer, and how the body has ended.
        private volatile @Nullable List<T> arrived;
        private volatile @Nullable End<T> end;

        // Of the one who drains.
        private List<T> delivered = List.of();
        private int next;
        private boolean asked;

        private record End<T>(List<T> rest, @Nullable Throwable failure) {}

        Reading(CoreSubscriber<? super T> actual, Parts<T> parts) {
            this.actual = actual;
            this.parts = parts;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            source = subscription;
            actual.onSubscribe(this);
        }

        @Override
        public void onNext(ByteBuf buffer) {
            if (over || cancelled) {
                return;
            }
            parts.watch().arrived();
            int length = buffer.readableBytes();
            byte[] bytes = parts.arrays().take(length);
            List<T> elements = new ArrayList<>();
            Throwable failure = null;
            try {
                buffer.readBytes(bytes, 0, length);
                parts.incoming().read(bytes, length, event -> read(event, elements));
                if (isLastRead()) {
                    parts.watch().lastEventRead();
                }
            } catch (Throwable thrown) {
                Guard.throwIfJvmEnds(thrown);
                failure = thrown;
            } finally {
                parts.arrays().give(bytes);
            }
            arrived = elements;
            if (failure != null) {
                cancelSource();
                failed(failure);
            }
            drain();
        }

        private void read(WireEvent event, List<T> elements) {
            try {
                elements.addAll(reader().read(event));
            } catch (RuntimeException | Error thrown) {
                readersOwn = thrown;
                throw thrown;
            }
        }

        private boolean isLastRead() {
            EventReader<T> known = events;
            try {
                return known != null && known.ended();
            } catch (RuntimeException | Error thrown) {
                readersOwn = thrown;
                throw thrown;
            }
        }

        private EventReader<T> reader() {
            EventReader<T> known = events;
            if (known == null) {
                known = parts.reader().events(parts.response().apply(NOTHING));
                events = known;
            }
            return known;
        }

        @Override
        public void onComplete() {
            if (over) {
                return;
            }
            // A timeout closes the connection, which looks like an end.
            Throwable timeout = parts.watch().timeout();
            if (timeout == null) {
                ended();
            } else {
                failed(timeout);
            }
            drain();
        }

        @Override
        public void onError(Throwable error) {
            if (over) {
                Operators.onErrorDropped(error, currentContext());
                return;
            }
            failed(error);
            drain();
        }

        private void failed(Throwable error) {
            if (error == readersOwn) {
                over(List.of(), error);
                return;
            }
            boolean stream = parts.incoming().isStream();
            TransportErrors faults = parts.faults();
            Throwable failure = parts.watch().timeoutOr(stream ? faults.inStream(error) : faults.inBody(error));
            try {
                if (stream && reader().isCompleteDespite(failure)) {
                    over(reader().end(), null);
                } else {
                    over(List.of(), failure);
                }
            } catch (Throwable thrown) {
                Guard.throwIfJvmEnds(thrown);
                over(List.of(), thrown);
            }
        }

        /** The connection has ended normally. */
        private void ended() {
            List<T> rest = new ArrayList<>();
            try {
                byte[] whole = parts.incoming().finish(event -> read(event, rest));
                rest.addAll(
                        whole == null
                                ? reader().end()
                                : parts.reader().response(parts.response().apply(whole)));
                over(rest, null);
            } catch (Throwable thrown) {
                Guard.throwIfJvmEnds(thrown);
                over(rest, thrown);
            }
        }

        private void over(List<T> rest, @Nullable Throwable failure) {
            over = true;
            end = new End<>(rest, failure);
        }

        @Override
        public void request(long n) {
            if (Operators.validate(n)) {
                requested.accumulateAndGet(n, Operators::addCap);
                drain();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            cancelSource();
        }

        private void cancelSource() {
            Subscription subscription = source;
            if (subscription != null) {
                subscription.cancel();
            }
        }

        private void drain() {
            if (draining.getAndIncrement() != 0) {
                return;
            }
            int missed = 1;
            do {
                if (deliver()) {
                    return;
                }
                missed = draining.addAndGet(-missed);
            } while (missed != 0);
        }

        /** Delivers what there is demand for; true if the stream has ended, so that nobody drains any more. */
        private boolean deliver() {
            long demand = requested.get();
            long count = 0;
            // Read before the elements, which are written before it.
            End<T> last = end;
            while (!cancelled && hasNext(last)) {
                if (count == demand) {
                    requested.addAndGet(-count);
                    return false;
                }
                actual.onNext(delivered.get(next++));
                count++;
                last = end;
            }
            if (cancelled) {
                delivered = List.of();
                return true;
            }
            if (last != null) {
                end(last.failure());
                return true;
            }
            boolean more = demand == Long.MAX_VALUE || requested.addAndGet(-count) > 0;
            Subscription subscription = source;
            if (more && !asked && subscription != null) {
                asked = true;
                parts.watch().waiting();
                subscription.request(1);
            }
            return false;
        }

        /** Whether there is a next element, of the last buffer or of the end. */
        private boolean hasNext(@Nullable End<T> last) {
            if (next < delivered.size()) {
                return true;
            }
            next = 0;
            delivered = List.of();
            List<T> more = arrived;
            if (more != null) {
                arrived = null;
                asked = false;
                delivered = more;
            }
            if (delivered.isEmpty() && last != null) {
                delivered = last.rest();
                end = new End<>(List.of(), last.failure());
            }
            return !delivered.isEmpty();
        }

        private void end(@Nullable Throwable failure) {
            if (failure == null) {
                actual.onComplete();
            } else {
                actual.onError(failure);
            }
        }
    }
}
