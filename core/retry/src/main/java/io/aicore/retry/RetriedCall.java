package io.aicore.retry;

import io.aicore.limit.Guard;
import io.aicore.limit.RetryBudget;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * One call under {@link RetryOnFailure#protect}. The first attempt is subscribed to directly, because most calls need
 * no other one; its failure joins the call to {@code retryWhen}, and companion, history and attempts exist from then on.
 *
 * <p>Signals of the attempts come one after another; only the deadline's timer and a cancel come from other threads.
 * {@link #end} decides which of them ends the call. Under a deadline {@code emitting} keeps the deadline's error from
 * overlapping an element.
 */
final class RetriedCall<T> extends DeadlineTicks.Watched
        implements CoreSubscriber<T>, Subscription, Terminal, Scannable {

    @SuppressWarnings("rawtypes") // A field updater knows no type arguments; so do the four below.
    private static final AtomicLongFieldUpdater<RetriedCall> REQUESTED =
            AtomicLongFieldUpdater.newUpdater(RetriedCall.class, "requested");

    @SuppressWarnings("rawtypes")
    private static final AtomicIntegerFieldUpdater<RetriedCall> REQUESTING =
            AtomicIntegerFieldUpdater.newUpdater(RetriedCall.class, "requesting");

    @SuppressWarnings("rawtypes")
    private static final AtomicIntegerFieldUpdater<RetriedCall> EMITTING =
            AtomicIntegerFieldUpdater.newUpdater(RetriedCall.class, "emitting");

    @SuppressWarnings("rawtypes")
    private static final AtomicIntegerFieldUpdater<RetriedCall> ENDED =
            AtomicIntegerFieldUpdater.newUpdater(RetriedCall.class, "ended");

    @SuppressWarnings("rawtypes")
    private static final AtomicReferenceFieldUpdater<RetriedCall, Call> CALL =
            AtomicReferenceFieldUpdater.newUpdater(RetriedCall.class, Call.class, "call");

    private static final int OPEN = 0;
    private static final int DECIDED = 1;
    private static final int DELIVERED = 2;

    /** Beside the number of elements in delivery: the deadline's error follows them. */
    private static final int CUT = Integer.MIN_VALUE;

    private final Plan plan;
    private final Publisher<T> source;
    private final @Nullable Predicate<? super T> commits;
    private final CoreSubscriber<? super T> actual;
    private final CallContext context;

    private volatile @Nullable DeadlineTicks ticks;
    private volatile boolean starting;
    private boolean firstEnded;
    private boolean paid;
    private long emitted;
    private @Nullable Subscription asked;
    private long granted;
    private @Nullable Throwable cut;
    private volatile boolean committed;
    private volatile boolean cancelled;
    private volatile @Nullable Subscription upstream;
    private volatile @Nullable Call call;
    private volatile long requested;

    @SuppressWarnings("UnusedVariable") // Read by its updater; so is the next one.
    private volatile int requesting;

    @SuppressWarnings("UnusedVariable")
    private volatile int emitting;

    private volatile int ended;

    /**
     * @param commits null for a Mono: its value ends the call
     */
    private RetriedCall(
            Plan plan, Publisher<T> source, @Nullable Predicate<? super T> commits, CoreSubscriber<? super T> actual) {
        this.plan = plan;
        this.source = source;
        this.commits = commits;
        this.actual = actual;
        long began = plan.schedulerNow().now(TimeUnit.NANOSECONDS);
        this.context = new CallContext(actual.currentContext(), CallIds.next(), plan.settings.deadline(), began);
    }

    static <T> void subscribe(
            Plan plan, Publisher<T> source, @Nullable Predicate<? super T> commits, CoreSubscriber<? super T> actual) {
        RetriedCall<T> retried;
        try {
            retried = new RetriedCall<>(plan, source, commits, actual);
        } catch (Throwable thrown) {
            Operators.error(actual, Operators.onOperatorError(Guard.signal(thrown), actual.currentContext()));
            Guard.throwIfJvmEnds(thrown);
            return;
        }
        actual.onSubscribe(retried);
        if (!retried.cancelled) {
            retried.start();
        }
    }

    private void start() {
        try {
            if (!plan.listeners.isEmpty()) {
                joined().started();
            }
            Duration deadline = plan.settings.deadline();
            if (deadline != null && !cancelled) {
                ticks = plan.ticks(plan.schedulerNow());
                ticks.watch(this, context.began());
                if (ended != OPEN) {
                    unwatch();
                }
            }
        } catch (Throwable thrown) {
            ended(Guard.signal(thrown));
            Guard.throwIfJvmEnds(thrown);
            return;
        }
        if (cancelled || ended != OPEN) {
            return;
        }
        starting = true;
        try {
            source.subscribe(this);
        } catch (Throwable thrown) {
            cancelUpstream();
            onError(Guard.signal(thrown));
            Guard.throwIfJvmEnds(thrown);
        } finally {
            starting = false;
        }
    }

    private void unwatch() {
        DeadlineTicks watching = ticks;
        if (watching != null) {
            watching.left(this, starting && !cancelled);
        }
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void onSubscribe(Subscription s) {
        upstream = s;
        // Decided but not delivered: what ends the call comes through this subscription.
        if (cancelled || ended == DELIVERED) {
            s.cancel();
        } else {
            requestMissing();
        }
    }

    @Override
    public void request(long n) {
        if (Operators.validate(n)) {
            Operators.addCap(REQUESTED, this, n);
            requestMissing();
        }
    }

    /** Asks the attempt in flight for what the caller asked for and did not get. */
    private void requestMissing() {
        if (REQUESTING.getAndIncrement(this) != 0) {
            return;
        }
        int missed = 1;
        do {
            Subscription s = upstream;
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
    public void onNext(T value) {
        if (firstEnded) {
            Operators.onNextDropped(value, context);
            return;
        }
        next(value);
    }

    private void next(T value) {
        if (commits == null) {
            if (succeeded()) {
                actual.onNext(value);
                actual.onComplete();
            } else {
                Operators.onDiscard(value, context);
            }
            return;
        }
        if (!committed && !commit(commits, value)) {
            return;
        }
        emitted++;
        if (plan.settings.deadline() == null) {
            actual.onNext(value);
        } else {
            emitUnlessCut(value);
        }
    }

    /** A source may emit the next element within the request for it, and so within the delivery of the one before. */
    private void emitUnlessCut(T value) {
        if (EMITTING.getAndIncrement(this) >= 0) {
            actual.onNext(value);
        } else {
            Operators.onDiscard(value, context);
        }
        Throwable late = EMITTING.decrementAndGet(this) == CUT ? cut : null;
        if (late != null) {
            deliver(late);
        }
    }

    /** False if the predicate ended the JVM, and so the call. */
    private boolean commit(Predicate<? super T> commit, T value) {
        try {
            committed = commit.test(value);
            if (committed) {
                payBudget();
            }
        } catch (Throwable thrown) {
            committed = true;
            if (Guard.endsJvm(thrown)) {
                cancelUpstream();
                ended(new IllegalStateException("the JVM is at its end", thrown));
                Guard.throwIfJvmEnds(thrown);
                return false;
            }
            joined().classifierFailed(thrown);
        }
        return true;
    }

    @Override
    public void onError(Throwable error) {
        if (firstEnded) {
            Operators.onErrorDropped(error, context);
            return;
        }
        firstEnded = true;
        paid = true;
        if (ended != OPEN) {
            return;
        }
        try {
            Call decided = joined();
            Throwable end = decided.firstFailure(error);
            if (end == null) {
                decided.again(error, source).subscribe(new Again());
            } else {
                deliver(end);
            }
        } catch (Throwable thrown) {
            ended(Guard.signal(thrown));
            Guard.throwIfJvmEnds(thrown);
        }
    }

    @Override
    public void onComplete() {
        if (!firstEnded) {
            firstEnded = true;
            complete();
        }
    }

    private void complete() {
        if (succeeded()) {
            actual.onComplete();
        }
    }

    /** True if this signal ends the call and listeners have heard of it. */
    private boolean succeeded() {
        if (!end()) {
            return false;
        }
        payBudget();
        if (!plan.listeners.isEmpty()) {
            try {
                joined().succeeded();
            } catch (VirtualMachineError thrown) {
                cancelUpstream();
                deliver(new IllegalStateException("the JVM is at its end", thrown));
                throw thrown;
            }
        }
        return true;
    }

    /** For the first attempt alone, and once: at its first element that commits, or its end. */
    private void payBudget() {
        RetryBudget budget = plan.budget;
        if (budget != null && !paid) {
            paid = true;
            budget.firstSuccess();
        }
    }

    @Override
    long deadline() {
        Duration deadline = plan.settings.deadline();
        return deadline == null ? Long.MAX_VALUE : context.began() + deadline.toNanos();
    }

    @Override
    boolean isOver() {
        return ended != OPEN;
    }

    /** The deadline has passed. */
    @Override
    public void run() {
        Duration deadline = plan.settings.deadline();
        if (deadline != null && ended == OPEN) {
            joined().<T>deadlinePassed(deadline).subscribe(none -> {}, this::cutOff);
        }
    }

    private void cutOff(Throwable error) {
        Subscription inFlight = upstream;
        cancelUpstream();
        cut = error;
        if (EMITTING.getAndAdd(this, CUT) == 0) {
            deliver(error);
        }
        // The next attempt may have been subscribed to meanwhile.
        if (upstream != inFlight) {
            cancelUpstream();
        }
    }

    private void deliver(Throwable error) {
        int before = ENDED.getAndSet(this, DELIVERED);
        if (before == OPEN) {
            unwatch();
        }
        if (before != DELIVERED && !cancelled) {
            actual.onError(error);
        }
    }

    /** The error that ends the call, unless something else did. */
    private void ended(Throwable error) {
        if (end()) {
            deliver(error);
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        boolean running = end();
        cancelUpstream();
        Call started = call;
        if (running && started != null) {
            started.cancelled();
        }
    }

    private void cancelUpstream() {
        Subscription s = upstream;
        if (s != null) {
            s.cancel();
        }
    }

    @Override
    public boolean end() {
        if (!ENDED.compareAndSet(this, OPEN, DECIDED)) {
            return false;
        }
        unwatch();
        return true;
    }

    @Override
    public boolean committed() {
        return committed;
    }

    private Call joined() {
        Call known = call;
        if (known != null) {
            return known;
        }
        Call made = Call.of(plan, context.caller(), this, context.attempt(), context.began());
        return CALL.compareAndSet(this, null, made) ? made : joined();
    }

    @Override
    @SuppressWarnings("rawtypes") // As the interface declares it.
    public @Nullable Object scanUnsafe(Attr key) {
        if (key == Attr.ACTUAL) {
            return actual;
        }
        if (key == Attr.PARENT) {
            return upstream;
        }
        if (key == Attr.CANCELLED) {
            return cancelled;
        }
        if (key == Attr.TERMINATED) {
            return ended != OPEN && !cancelled;
        }
        return key == Attr.RUN_STYLE ? Attr.RunStyle.SYNC : null;
    }

    /** The attempts after the first one, as {@code retryWhen} hands them on. */
    private final class Again implements CoreSubscriber<T> {

        @Override
        public Context currentContext() {
            return context;
        }

        @Override
        public void onSubscribe(Subscription s) {
            RetriedCall.this.onSubscribe(s);
        }

        @Override
        public void onNext(T value) {
            next(value);
        }

        @Override
        public void onError(Throwable error) {
            deliver(error);
        }

        @Override
        public void onComplete() {
            complete();
        }
    }
}
