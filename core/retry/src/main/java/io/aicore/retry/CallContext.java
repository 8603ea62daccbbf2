package io.aicore.retry;

import io.aicore.limit.AdmissionCall;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The Context of a call's first attempt: the caller's, with the attempt and what its attempts share in admission. Both are
 * made at their first use: most calls use neither.
 */
final class CallContext implements Context {

    private static final AtomicReferenceFieldUpdater<CallContext, FirstAttempt> FIRST =
            AtomicReferenceFieldUpdater.newUpdater(CallContext.class, FirstAttempt.class, "first");
    private static final AtomicReferenceFieldUpdater<CallContext, AdmissionCall> ADMISSION =
            AtomicReferenceFieldUpdater.newUpdater(CallContext.class, AdmissionCall.class, "admission");

    private final Context caller;
    private final long call;
    private final @Nullable Duration deadline;
    private final long began;
    private volatile @Nullable FirstAttempt first;
    private volatile @Nullable AdmissionCall admission;

    /**
     * @param call its number
     * @param began its start, on the scheduler's clock
     */
    CallContext(Context caller, long call, @Nullable Duration deadline, long began) {
        this.caller = caller;
        this.call = call;
        this.deadline = deadline;
        this.began = began;
    }

    Context caller() {
        return caller;
    }

    long began() {
        return began;
    }

    FirstAttempt attempt() {
        FirstAttempt known = first;
        if (known != null) {
            return known;
        }
        FirstAttempt made = new FirstAttempt(call, deadline);
        return FIRST.compareAndSet(this, null, made) ? made : attempt();
    }

    private AdmissionCall admission() {
        AdmissionCall known = admission;
        if (known != null) {
            return known;
        }
        AdmissionCall made = AdmissionCall.from(caller);
        if (deadline != null && !caller.hasKey(AdmissionCall.class)) {
            made = made.deadline(began + deadline.toNanos());
        }
        return ADMISSION.compareAndSet(this, null, made) ? made : admission();
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // The interface's; the key is the class of its value.
    public <T> T get(Object key) {
        if (key == Attempt.class) {
            return (T) attempt();
        }
        return key == AdmissionCall.class ? (T) admission() : caller.get(key);
    }

    @Override
    public boolean hasKey(Object key) {
        return key == Attempt.class || key == AdmissionCall.class || caller.hasKey(key);
    }

    @Override
    public Context put(Object key, Object value) {
        return plain().put(key, value);
    }

    @Override
    public Context delete(Object key) {
        return plain().delete(key);
    }

    @Override
    public Context putAll(ContextView more) {
        return plain().putAll(more);
    }

    @Override
    public int size() {
        return caller.size() + (caller.hasKey(Attempt.class) ? 0 : 1) + (caller.hasKey(AdmissionCall.class) ? 0 : 1);
    }

    @Override
    public Stream<Map.Entry<Object, Object>> stream() {
        return plain().stream();
    }

    private Context plain() {
        return admission().in(caller.put(Attempt.class, attempt()));
    }

    @Override
    public String toString() {
        return plain().toString();
    }
}
