package io.aicore.retry;

import io.aicore.internal.ClockReading;
import io.aicore.internal.LazyContext;
import io.aicore.limit.AdmissionCall;
import io.aicore.limit.AdmissionListener;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The Context of a call's first attempt: the caller's, with the attempt and what its attempts share in admission. Both are
 * made at their first use: most calls use neither. The call extends it instead of holding it, because an object for each
 * would be a third of what a call costs.
 */
abstract class CallContext extends DeadlineTicks.Watched
        implements CallStart, Context, LazyContext, ClockReading, AdmissionListener {

    private static final AtomicReferenceFieldUpdater<CallContext, FirstAttempt> FIRST =
            AtomicReferenceFieldUpdater.newUpdater(CallContext.class, FirstAttempt.class, "first");
    private static final AtomicReferenceFieldUpdater<CallContext, AdmissionCall> ADMISSION =
            AtomicReferenceFieldUpdater.newUpdater(CallContext.class, AdmissionCall.class, "admission");

    final Plan plan;
    private final Context caller;
    private final long number;
    private long began;
    private volatile @Nullable FirstAttempt first;
    private volatile @Nullable AdmissionCall admission;

    CallContext(Plan plan, Context caller) {
        this.plan = plan;
        this.caller = caller;
        this.number = CallIds.next();
    }

    @Override
    public final Plan plan() {
        return plan;
    }

    @Override
    public final long number() {
        return number;
    }

    @Override
    public final Context caller() {
        return caller;
    }

    /** The call begins; until then nobody else sees this. */
    final void begin(Scheduler clock) {
        began = clock.now(TimeUnit.NANOSECONDS);
    }

    /** The start of the call, on the scheduler's clock. */
    @Override
    public final long instant() {
        return began;
    }

    @Override
    public final boolean isOf(Scheduler clock) {
        return GuardedScheduler.unwrapped(plan.schedulerNow()) == clock;
    }

    @Override
    final long deadline() {
        return plan.deadline(began);
    }

    @Override
    public final FirstAttempt attempt() {
        FirstAttempt known = first;
        if (known != null) {
            return known;
        }
        FirstAttempt made = new FirstAttempt(number, plan.settings.deadline());
        return FIRST.compareAndSet(this, null, made) ? made : attempt();
    }

    @Override
    public final AdmissionCall admission() {
        AdmissionCall known = admission;
        if (known != null) {
            return known;
        }
        AdmissionCall made = AdmissionCall.from(caller, deadline(), plan.listeners.isEmpty() ? null : this);
        return ADMISSION.compareAndSet(this, null, made) ? made : admission();
    }

    @Override
    public final @Nullable Object getIfMade(Object key) {
        if (key == AdmissionCall.class) {
            AdmissionCall known = admission;
            return known == null ? caller.getOrDefault(key, null) : known;
        }
        return key == Attempt.class ? first : caller.getOrDefault(key, null);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // The interface's; the key is the class of its value.
    public final <T> T get(Object key) {
        if (key == Attempt.class) {
            return (T) attempt();
        }
        return key == AdmissionCall.class ? (T) admission() : caller.get(key);
    }

    @Override
    public final boolean hasKey(Object key) {
        return key == Attempt.class || key == AdmissionCall.class || caller.hasKey(key);
    }

    @Override
    public final Context put(Object key, Object value) {
        return plain().put(key, value);
    }

    @Override
    public final Context delete(Object key) {
        return plain().delete(key);
    }

    @Override
    public final Context putAll(ContextView more) {
        return plain().putAll(more);
    }

    @Override
    public final int size() {
        return caller.size() + (caller.hasKey(Attempt.class) ? 0 : 1) + (caller.hasKey(AdmissionCall.class) ? 0 : 1);
    }

    @Override
    public final Stream<Map.Entry<Object, Object>> stream() {
        return plain().stream();
    }

    private Context plain() {
        return admission().in(caller.put(Attempt.class, attempt()));
    }

    @Override
    public final String toString() {
        return plain().toString();
    }
}
