package io.aicore.llm.http;

import io.aicore.limit.Guard;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Delivers the elements of a stream's body. Reads one buffer at a time, and the next one only when the elements of the last are
 * delivered and there is demand: nothing is read ahead. A failure follows the elements before it.
 */
final class StreamBody<T> extends Flux<T> {

    private final Flux<ByteBuf> content;
    private final StreamElements<T> elements;

    /**
     * @param content allows one subscriber
     */
    StreamBody(Flux<ByteBuf> content, StreamElements<T> elements) {
        this.content = content;
        this.elements = elements;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        content.subscribe(new Delivering<>(actual, elements));
    }

    private static final class Delivering<T> implements CoreSubscriber<ByteBuf>, Subscription {

        @SuppressWarnings("rawtypes") // A field updater knows no type arguments; so does the next one.
        private static final AtomicIntegerFieldUpdater<Delivering> DRAINING =
                AtomicIntegerFieldUpdater.newUpdater(Delivering.class, "draining");

        @SuppressWarnings("rawtypes")
        private static final AtomicLongFieldUpdater<Delivering> REQUESTED =
                AtomicLongFieldUpdater.newUpdater(Delivering.class, "requested");

        private final CoreSubscriber<? super T> actual;
        private final StreamElements<T> elements;
        private @Nullable Subscription source;
        private volatile boolean cancelled;
        private volatile long requested;

        @SuppressWarnings("UnusedVariable") // Read by its updater.
        private volatile int draining;

        // Of the event loop.
        private boolean over;

        // From the event loop to the one who drains: the elements of the last buffer, and how the body has ended.
        private volatile @Nullable List<T> arrived;
        private volatile StreamElements.@Nullable End<T> end;

        // Of the one who drains.
        private List<T> delivered = List.of();
        private int next;
        private boolean asked;

        Delivering(CoreSubscriber<? super T> actual, StreamElements<T> elements) {
            this.actual = actual;
            this.elements = elements;
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
            List<T> read = new ArrayList<>();
            Throwable failure = null;
            try {
                elements.read(buffer, read);
            } catch (Throwable thrown) {
                Guard.throwIfJvmEnds(thrown);
                failure = thrown;
            }
            arrived = read;
            if (failure != null) {
                cancelSource();
                over(elements.failed(failure));
            }
            drain();
        }

        @Override
        public void onComplete() {
            if (!over) {
                over(elements.ended());
                drain();
            }
        }

        @Override
        public void onError(Throwable error) {
            if (over) {
                Operators.onErrorDropped(error, currentContext());
                return;
            }
            over(elements.failed(error));
            drain();
        }

        private void over(StreamElements.End<T> last) {
            over = true;
            end = last;
        }

        @Override
        public void request(long n) {
            if (Operators.validate(n)) {
                Operators.addCap(REQUESTED, this, n);
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
            if (DRAINING.getAndIncrement(this) != 0) {
                return;
            }
            int missed = 1;
            do {
                if (deliver()) {
                    return;
                }
                missed = DRAINING.addAndGet(this, -missed);
            } while (missed != 0);
        }

        /** Delivers what there is demand for; true if the stream has ended, so that nobody drains any more. */
        private boolean deliver() {
            long demand = requested;
            long count = 0;
            // Read before the elements, which are written before it.
            StreamElements.End<T> last = end;
            while (!cancelled && hasNext(last)) {
                if (count == demand) {
                    REQUESTED.addAndGet(this, -count);
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
            boolean more = demand == Long.MAX_VALUE || REQUESTED.addAndGet(this, -count) > 0;
            Subscription subscription = source;
            if (more && !asked && subscription != null) {
                asked = true;
                elements.wanted();
                subscription.request(1);
            }
            return false;
        }

        /** Whether there is a next element, of the last buffer or of the end. */
        private boolean hasNext(StreamElements.@Nullable End<T> last) {
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
                end = new StreamElements.End<>(List.of(), last.failure());
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
