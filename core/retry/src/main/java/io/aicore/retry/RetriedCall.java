package io.aicore.retry;

import io.aicore.internal.BegunAttempt;
import io.aicore.limit.AdmissionEvent;
import io.aicore.limit.Guard;
import io.aicore.limit.RetryBudget;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CorePublisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * One call under {@link RetryOnFailure#protect}. The first attempt is subscribed to directly, because most calls need
 * no other one; its failure joins the call to {@code retryWhen}, and companion, history and attempts exist from then on.
 *
 * <p>Signals of the attempts come one after another; only the deadline's timer and a cancel come from other threads.
 * {@link CallEnd#end} decides which of them ends the call.
 */
abstract class RetriedCall<T> extends CallEnd implements CoreSubscriber<T>, Subscription {

    @SuppressWarnings("rawtypes") // A field updater knows no type arguments.
    private static final AtomicReferenceFieldUpdater<RetriedCall, Call> CALL =
            AtomicReferenceFieldUpdater.newUpdater(RetriedCall.class, Call.class, "call");

    final CoreSubscriber<? super T> actual;
    private final CorePublisher<? extends T> source;

    private boolean firstEnded;
    private boolean paid;
    private volatile @Nullable Subscription upstream;
    private volatile @Nullable Call call;

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
        if (!isCancelled()) {
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
            watch(clock);
        } catch (Throwable thrown) {
            ended(Guard.signal(thrown));
            Guard.throwIfJvmEnds(thrown);
            return;
        }
        if (isOver()) {
            return;
        }
        subscribing(true);
        try {
            run(heard);
        } catch (Throwable thrown) {
            cancelUpstream();
            onError(Guard.signal(thrown));
            Guard.throwIfJvmEnds(thrown);
        } finally {
            subscribing(false);
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

    @Override
    public final Context currentContext() {
        return this;
    }

    @Override
    public final void onSubscribe(Subscription s) {
        upstream = s;
        if (isClosed()) {
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
        if (isOver()) {
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

    /** The deadline has passed. */
    @Override
    public final void run() {
        Duration deadline = plan.settings.deadline();
        if (deadline != null && !isOver()) {
            CallErrors.<T>deadlinePassed(joined(), deadline).subscribe(none -> {}, this::cutOff);
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
        if (endsWithError()) {
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
        boolean running = endByCancel();
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

    final Call joined() {
        Call known = call;
        if (known != null) {
            return known;
        }
        Call made = new Call(this);
        return CALL.compareAndSet(this, null, made) ? made : joined();
    }

    @Override
    @SuppressWarnings("rawtypes") // As the interface declares it.
    public final @Nullable Object scanUnsafe(Attr key) {
        if (key == Attr.ACTUAL) {
            return actual;
        }
        return key == Attr.PARENT ? upstream : super.scanUnsafe(key);
    }
}
