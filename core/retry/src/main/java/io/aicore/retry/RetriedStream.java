package io.aicore.retry;

import io.aicore.limit.Guard;
import java.util.concurrent.TimeUnit;
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
 * overlapping an element: an element pays for one fence, when it comes, and the deadline looks again if it may have missed
 * that the element has gone.
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

    private static final int IDLE = 0;
    private static final int BUSY = 1;
    private static final int CUT = 2;
    private static final long NEXT_LOOK = 50_000_000L;

    private final Predicate<? super T> commits;

    /** What the caller has asked for in all. */
    private volatile long requested;

    private long emitted;
    private @Nullable Subscription asked;
    private long granted;
    private volatile @Nullable Throwable cut;
    private volatile boolean committed;

    @SuppressWarnings("UnusedVariable") // Read by its updater; so is the next one.
    private volatile int requesting;

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

    private void emitUnlessCut(T value) {
        if (!EMITTING.compareAndSet(this, IDLE, BUSY)) {
            emitWhileBusyOrCut(value);
            return;
        }
        try {
            actual.onNext(value);
        } finally {
            EMITTING.lazySet(this, IDLE);
        }
        Throwable late = cut;
        if (late != null) {
            cutIfIdle(late);
        }
    }

    /** A source may emit the next element within the request for it, and so within the delivery of the one before. */
    private void emitWhileBusyOrCut(T value) {
        if (emitting == BUSY) {
            actual.onNext(value);
        } else {
            Operators.onDiscard(value, this);
        }
    }

    @Override
    void deliverCut(Throwable error) {
        cut = error;
        cutWhenIdle(error);
    }

    private void cutWhenIdle(Throwable error) {
        if (!cutIfIdle(error) && !isClosed()) {
            plan.schedulerNow().schedule(() -> cutWhenIdle(error), NEXT_LOOK, TimeUnit.NANOSECONDS);
        }
    }

    /** False while an element is in delivery, after which it has to be tried again. */
    private boolean cutIfIdle(Throwable error) {
        if (!EMITTING.compareAndSet(this, IDLE, CUT)) {
            return emitting == CUT;
        }
        deliver(error);
        return true;
    }

    @Override
    public boolean committed() {
        return committed;
    }
}
