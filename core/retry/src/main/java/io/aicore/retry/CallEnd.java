package io.aicore.retry;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;
import reactor.core.Scannable;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * Which signal ends a call, and the watch over its deadline until then: a cancel and the deadline's timer come from other
 * threads than the signals of the attempts, and the first one ends it. The call extends it, as it does {@link CallContext}.
 */
abstract class CallEnd extends CallContext implements Scannable {

    private static final AtomicIntegerFieldUpdater<CallEnd> ENDED =
            AtomicIntegerFieldUpdater.newUpdater(CallEnd.class, "ended");

    private static final int OPEN = 0;
    private static final int DECIDED = 1;
    private static final int DELIVERED = 2;

    /** Not volatile: who ends the call while it begins may miss them, and the beginning looks again. */
    private @Nullable DeadlineTicks ticks;

    private boolean subscribing;
    private volatile boolean cancelled;
    private volatile int ended;

    CallEnd(Plan plan, Context caller) {
        super(plan, caller);
    }

    /** The operator leaves a nested call to the outer one. */
    @Override
    public final boolean nested() {
        return false;
    }

    /** What a first attempt finds here, later ones find in the Context that their subscriber has: this one too. */
    @Override
    public final Context inContext(Context attempt) {
        return attempt;
    }

    /** Watches the deadline, if there is one, until the call ends. */
    final void watch(Scheduler clock) {
        if (plan.settings.deadline() == null || cancelled) {
            return;
        }
        DeadlineTicks watching = plan.ticks(clock);
        ticks = watching;
        watching.watch(this, instant());
        if (ended != OPEN) {
            unwatch();
        }
    }

    private void unwatch() {
        DeadlineTicks watching = ticks;
        if (watching != null) {
            watching.left(subscribing && !cancelled);
        }
    }

    /** Whether the first attempt is being subscribed to: a call that ends meanwhile is followed by another one soon. */
    final void subscribing(boolean isSubscribing) {
        subscribing = isSubscribing;
    }

    @Override
    final boolean isOver() {
        return ended != OPEN;
    }

    @Override
    public final boolean end() {
        if (!ENDED.compareAndSet(this, OPEN, DECIDED)) {
            return false;
        }
        unwatch();
        return true;
    }

    /** Ends the call with an error; true if it is the caller's: nothing was delivered before, and it has not cancelled. */
    final boolean endsWithError() {
        int before = ENDED.getAndSet(this, DELIVERED);
        if (before == OPEN) {
            unwatch();
        }
        return before != DELIVERED && !cancelled;
    }

    /** The caller has cancelled; true if that ends the call. */
    final boolean endByCancel() {
        cancelled = true;
        return end();
    }

    final boolean isCancelled() {
        return cancelled;
    }

    /** Whether nothing more is for the caller: decided is not yet delivered, and what ends the call may still come. */
    final boolean isClosed() {
        return cancelled || ended == DELIVERED;
    }

    @Override
    @SuppressWarnings("rawtypes") // As the interface declares it.
    public @Nullable Object scanUnsafe(Attr key) {
        if (key == Attr.CANCELLED) {
            return cancelled;
        }
        if (key == Attr.TERMINATED) {
            return ended != OPEN && !cancelled;
        }
        return key == Attr.RUN_STYLE ? Attr.RunStyle.SYNC : null;
    }
}
