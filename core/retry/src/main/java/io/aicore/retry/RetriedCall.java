package io.aicore.retry;

import io.aicore.internal.BegunAttempt;
import io.aicore.limit.AdmissionEvent;
import io.aicore.limit.Guard;
import io.aicore.limit.RetryBudget;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CorePublisher;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * One call under {@link RetryOnFailure#protect}. The first attempt is subscribed to directly, because most calls need
 * no other one; its failure joins the call to {@code retryWhen}, and companion, history and attempts exist from then on.
 *
 * <p>Signals of the attempts come one after another; only the deadline's timer and a cancel come from other threads.
 * {@link #end} decides which of them ends the call.
 */
abstract class RetriedCall<T> extends CallContext implements CoreSubscriber<T>, Subscription, Terminal, Scannable {

    @SuppressWarnings("rawtypes") // A field updater knows no type arguments; so does the next one.
    private static final AtomicIntegerFieldUpdater<RetriedCall> ENDED =
            AtomicIntegerFieldUpdater.newUpdater(RetriedCall.class, "ended");

    @SuppressWarnings("rawtypes")
    private static final AtomicReferenceFieldUpdater<RetriedCall, Call> CALL =
            AtomicReferenceFieldUpdater.newUpdater(RetriedCall.class, Call.class, "call");

    private static final int OPEN = 0;
    private static final int DECIDED = 1;
    private static final int DELIVERED = 2;

    final CoreSubscriber<? super T> actual;
    private final CorePublisher<? extends T> source;

    /** Not volatile: who ends the call while it begins may miss them, and the beginning looks again. */
    private @Nullable DeadlineTicks ticks;

    private boolean starting;
    private volatile boolean cancelled;
    private boolean firstEnded;
    private boolean paid;
    private volatile @Nullable Subscription upstream;
    private volatile @Nullable Call call;

    private volatile int ended;

    RetriedCall(Plan plan, CorePublisher<? extends T> source, CoreSubscriber<? super T> actual) {
        super(plan, actual.currentContext());
        this.source = source;
        this.actual = actual;
    }

    /** An element of the attempt in flight. */
    abstract void next(T value);

    /** The caller wants so many more; positive. */
    abstract void demand(long more);

    /** Asks the attempt in flight for what the caller wants of it. */
    abstract void requestMissing();

    /** The deadline has passed, and its error goes to the caller. */
    abstract void deliverCut(Throwable error);

    /** A clock or a Context that throws ends a call before there is one. */
    static void notBegun(CoreSubscriber<?> actual, Throwable thrown) {
        Operators.error(actual, Operators.onOperatorError(Guard.signal(thrown), actual.currentContext()));
        Guard.throwIfJvmEnds(thrown);
    }

    @Override
    public final void onAdmission(AdmissionEvent event) {
        joined().admission(event);
    }

    final void subscribe() {
        actual.onSubscribe(this);
        if (!cancelled) {
            start();
        }
    }

    private void start() {
        boolean heard = !plan.listeners.isEmpty();
        try {
            Scheduler clock = plan.schedulerNow();
            begin(clock);
            if (heard) {
                joined().started();
            }
            if (plan.settings.deadline() != null && !cancelled) {
                DeadlineTicks watching = plan.ticks(clock);
                ticks = watching;
                watching.watch(this, instant());
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
            run(heard);
        } catch (Throwable thrown) {
            cancelUpstream();
            onError(Guard.signal(thrown));
            Guard.throwIfJvmEnds(thrown);
        } finally {
            starting = false;
        }
    }

    /**
     * @param heard whether listeners have taken some time since the call began
     */
    private void run(boolean heard) {
        if (!heard && source instanceof BegunAttempt<? extends T> begun) {
            begun.subscribe(this, this);
        } else {
            source.subscribe(this);
        }
    }

    private void unwatch() {
        DeadlineTicks watching = ticks;
        if (watching != null) {
            watching.left(starting && !cancelled);
        }
    }

    @Override
    public final Context currentContext() {
        return this;
    }

    @Override
    public final void onSubscribe(Subscription s) {
        upstream = s;
        // Decided but not delivered: what ends the call comes through this subscription.
        if (cancelled || ended == DELIVERED) {
            s.cancel();
        } else {
            requestMissing();
        }
    }

    @Override
    public final void request(long n) {
        if (Operators.validate(n)) {
            demand(n);
        }
    }

    @Nullable
    Subscription upstream() {
        return upstream;
    }

    @Override
    public final void onNext(T value) {
        if (firstEnded) {
            Operators.onNextDropped(value, this);
        } else {
            next(value);
        }
    }

    @Override
    public final void onError(Throwable error) {
        if (firstEnded) {
            Operators.onErrorDropped(error, this);
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
                decided.again(error, source).subscribe(new LaterAttempts<>(this));
            } else {
                deliver(end);
            }
        } catch (Throwable thrown) {
            ended(Guard.signal(thrown));
            Guard.throwIfJvmEnds(thrown);
        }
    }

    @Override
    public final void onComplete() {
        if (!firstEnded) {
            firstEnded = true;
            complete();
        }
    }

    /** The attempt in flight has completed. */
    final void complete() {
        if (succeeded()) {
            actual.onComplete();
        }
    }

    /** True if this signal ends the call and listeners have heard of it. */
    final boolean succeeded() {
        if (!end()) {
            return false;
        }
        payBudget();
        if (!plan.listeners.isEmpty()) {
            try {
                joined().succeeded();
            } catch (VirtualMachineError thrown) {
                cancelUpstream();
                deliver(jvmEnd(thrown));
                throw thrown;
            }
        }
        return true;
    }

    /** Ends the call with what ends the JVM, and rethrows it. */
    final void endJvm(Throwable thrown) {
        cancelUpstream();
        ended(jvmEnd(thrown));
        Guard.throwIfJvmEnds(thrown);
    }

    private static IllegalStateException jvmEnd(Throwable thrown) {
        return new IllegalStateException("the JVM is at its end", thrown);
    }

    /** For the first attempt alone, and once: at its first element that commits, or its end. */
    final void payBudget() {
        RetryBudget budget = plan.budget;
        if (budget != null && !paid) {
            paid = true;
            budget.firstSuccess();
        }
    }

    @Override
    final boolean isOver() {
        return ended != OPEN;
    }

    /** The deadline has passed. */
    @Override
    public final void run() {
        Duration deadline = plan.settings.deadline();
        if (deadline != null && ended == OPEN) {
            joined().<T>deadlinePassed(deadline).subscribe(none -> {}, this::cutOff);
        }
    }

    private void cutOff(Throwable error) {
        Subscription inFlight = upstream;
        cancelUpstream();
        deliverCut(error);
        // The next attempt may have been subscribed to meanwhile.
        if (upstream != inFlight) {
            cancelUpstream();
        }
    }

    final void deliver(Throwable error) {
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
    public final void cancel() {
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
    public final boolean end() {
        if (!ENDED.compareAndSet(this, OPEN, DECIDED)) {
            return false;
        }
        unwatch();
        return true;
    }

    final Call joined() {
        Call known = call;
        if (known != null) {
            return known;
        }
        Call made = Call.of(this, this);
        return CALL.compareAndSet(this, null, made) ? made : joined();
    }

    @Override
    @SuppressWarnings("rawtypes") // As the interface declares it.
    public final @Nullable Object scanUnsafe(Attr key) {
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
}
