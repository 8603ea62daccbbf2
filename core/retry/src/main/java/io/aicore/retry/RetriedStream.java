package io.aicore.retry;

import io.aicore.limit.Guard;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CorePublisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * A call for a stream, retried until it commits. Under a deadline {@code emitting} keeps the deadline's error from
 * overlapping an element.
 */
final class RetriedStream<T> extends RetriedCall<T> {

    @SuppressWarnings("rawtypes") // A field updater knows no type arguments; so do the next ones.
    private static final AtomicLongFieldUpdater<RetriedStream> REQUESTED =
            AtomicLongFieldUpdater.newUpdater(RetriedStream.class, "requested");

    @SuppressWarnings("rawtypes")
    private static final AtomicIntegerFieldUpdater<RetriedStream> REQUESTING =
            AtomicIntegerFieldUpdater.newUpdater(RetriedStream.class, "requesting");

    @SuppressWarnings("rawtypes")
    private static final AtomicIntegerFieldUpdater<RetriedStream> EMITTING =
            AtomicIntegerFieldUpdater.newUpdater(RetriedStream.class, "emitting");

    /** Beside the number of elements in delivery: the deadline's error follows them. */
    private static final int CUT = Integer.MIN_VALUE;

    private final Predicate<? super T> commits;

    /** What the caller has asked for in all. */
    private volatile long requested;

    private long emitted;
    private @Nullable Subscription asked;
    private long granted;
    private @Nullable Throwable cut;
    private volatile boolean committed;

    @SuppressWarnings("UnusedVariable") // Read by its updater; so is the next one.
    private volatile int requesting;

    @SuppressWarnings("UnusedVariable")
    private volatile int emitting;

    RetriedStream(
            Plan plan,
            CorePublisher<? extends T> source,
            Predicate<? super T> commits,
            CoreSubscriber<? super T> actual) {
        super(plan, source, actual);
        this.commits = commits;
    }

    @Override
    void demand(long more) {
        Operators.addCap(REQUESTED, this, more);
        requestMissing();
    }

    @Override
    void requestMissing() {
        if (REQUESTING.getAndIncrement(this) != 0) {
            return;
        }
        int missed = 1;
        do {
            Subscription s = upstream();
            if (s != null) {
                if (s != asked) {
                    asked = s;
                    granted = emitted;
                }
                long wanted = requested;
                if (wanted > granted) {
                    long more = wanted == Long.MAX_VALUE ? wanted : wanted - granted;
                    granted = wanted;
                    s.request(more);
                }
            }
            missed = REQUESTING.addAndGet(this, -missed);
        } while (missed != 0);
    }

    @Override
    void next(T value) {
        if (!committed && !commit(value)) {
            return;
        }
        emitted++;
        if (plan.settings.deadline() == null) {
            actual.onNext(value);
        } else {
            emitUnlessCut(value);
        }
    }

    /** False if the predicate ended the JVM, and so the call. */
    private boolean commit(T value) {
        try {
            committed = commits.test(value);
            if (committed) {
                payBudget();
            }
        } catch (Throwable thrown) {
            committed = true;
            if (Guard.endsJvm(thrown)) {
                endJvm(thrown);
                return false;
            }
            joined().classifierFailed(thrown);
        }
        return true;
    }

    /** A source may emit the next element within the request for it, and so within the delivery of the one before. */
    private void emitUnlessCut(T value) {
        if (EMITTING.getAndIncrement(this) >= 0) {
            actual.onNext(value);
        } else {
            Operators.onDiscard(value, this);
        }
        Throwable late = EMITTING.decrementAndGet(this) == CUT ? cut : null;
        if (late != null) {
            deliver(late);
        }
    }

    @Override
    void deliverCut(Throwable error) {
        cut = error;
        if (EMITTING.getAndAdd(this, CUT) == 0) {
            deliver(error);
        }
    }

    @Override
    public boolean committed() {
        return committed;
    }
}
