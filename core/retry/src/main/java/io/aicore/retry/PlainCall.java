package io.aicore.retry;

import io.aicore.limit.AdmissionCall;
import io.aicore.limit.AdmissionEvent;
import io.aicore.limit.AdmissionListener;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** The start of a call under a plain {@code retryWhen}, which does not tell its companion what the caller has. */
final class PlainCall implements CallStart, AdmissionListener {

    private final Plan plan;
    private final ContextView caller;
    private final long number = CallIds.next();
    private final boolean nested;
    private final Attempt attempt;
    private final long instant;
    private final AdmissionCall admission;
    private final AtomicBoolean ended = new AtomicBoolean();
    private @Nullable Call call;

    private PlainCall(Plan plan, ContextView caller) {
        this.plan = plan;
        this.caller = caller;
        Attempt outer = Attempt.from(caller).orElse(null);
        this.nested = outer != null;
        this.attempt = outer != null ? outer : new FirstAttempt(number, plan.settings.deadline());
        this.instant = plan.schedulerNow().now(TimeUnit.NANOSECONDS);
        AdmissionListener hearing = plan.listeners.isEmpty() ? null : this;
        this.admission = AdmissionCall.from(caller, plan.deadline(instant), hearing);
    }

    /** A call of which the first attempt begins now. */
    static Call begin(Plan plan, ContextView caller) {
        PlainCall start = new PlainCall(plan, caller);
        Call call = new Call(start);
        start.call = call;
        return call;
    }

    @Override
    public void onAdmission(AdmissionEvent event) {
        Objects.requireNonNull(call).admission(event);
    }

    @Override
    public Plan plan() {
        return plan;
    }

    @Override
    public ContextView caller() {
        return caller;
    }

    @Override
    public long instant() {
        return instant;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public Attempt attempt() {
        return attempt;
    }

    @Override
    public boolean nested() {
        return nested;
    }

    @Override
    public AdmissionCall admission() {
        return admission;
    }

    @Override
    public Context inContext(Context later) {
        return admission.in(later);
    }

    @Override
    public boolean end() {
        return ended.compareAndSet(false, true);
    }

    @Override
    public boolean committed() {
        return false;
    }
}
