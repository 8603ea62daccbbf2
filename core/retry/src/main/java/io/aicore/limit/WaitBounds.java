package io.aicore.limit;

import io.aicore.internal.Seconds;
import io.aicore.limit.AdmissionRejectedException.Bound;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/** How long an attempt may wait in a lane, and what refuses it at once. Belongs to the lock of {@link Admission}. */
final class WaitBounds {

    private static final long PATIENT = 60_000_000_000L;
    private static final int FEW_WAITING = 64;

    private final Admission admission;
    private final Gate gate;
    private final Circuit circuit;
    private final boolean rejects;

    /**
     * @param rejects whether there is no room for the key of the lane
     */
    WaitBounds(Admission admission, Gate gate, CircuitBreaker breaker, boolean rejects) {
        this.admission = admission;
        this.gate = gate;
        this.circuit = breaker.core();
        this.rejects = rejects;
    }

    /** What keeps an attempt that comes now from waiting; null if it may wait within these limits. */
    @Nullable
    RuntimeException refusal(long now, AdmissionCall call, boolean retry) {
        long left = call.left(now);
        RuntimeException refusal = admission.settings().enabled() ? atGate(now, call, left) : null;
        if (refusal == null) {
            refusal = atCircuit(circuit.now(admission.clock(), now), call, retry, left);
        }
        return refusal == null ? atPlaces() : refusal;
    }

    private @Nullable RuntimeException atGate(long now, AdmissionCall call, long left) {
        AdmissionSettings settings = admission.settings();
        if (rejects) {
            return rejected(Bound.MAX_KEYS, AdmissionLanes.MOST + " in use", Duration.ZERO, now);
        }
        if (!admission.isFull() && gate.waiting() >= settings.maxWaiting()) {
            return rejected(Bound.MAX_WAITING, settings.maxWaiting() + " waiting", Duration.ZERO, now);
        }
        long wait = gate.until(now, call.cost()) - now;
        long queued = gate.expectedQueue(now);
        long expected = Math.max(wait, queued);
        if (expected > gatePatience(call)) {
            return rejected(
                    Bound.MAX_WAIT, Seconds.text(settings.maxWait()), Duration.ZERO, Duration.ofNanos(expected));
        }
        if (wait >= left || queued > settings.deadlineShare() * left) {
            String value = Seconds.text(Duration.ofNanos(Math.max(0, left))) + " left";
            return rejected(Bound.DEADLINE, value, Duration.ZERO, Duration.ofNanos(expected));
        }
        return null;
    }

    private @Nullable RuntimeException atCircuit(long now, AdmissionCall call, boolean retry, long left) {
        long closed = circuit.untilPermitted(retry, now);
        if (closed == 0) {
            // What the attempt did not get was a place, which may have become free since.
            return null;
        }
        if (!admission.settings().enabled() && !admission.isFull()) {
            return circuit.refuse(now, false);
        }
        long patience = patience(call, retry);
        // The probe of a half-open circuit may succeed at any moment, unless those before it were silent. An open
        // circuit
        // stays open for its time.
        boolean inVain = circuit.isSilent() && closed >= Math.min(patience, left);
        return inVain || patience <= 0 ? circuit.refuse(now, true) : null;
    }

    private @Nullable RuntimeException atPlaces() {
        boolean tooMany = admission.isFull()
                && admission.queue().pending() >= admission.concurrency().maxPending();
        return tooMany
                ? rejected(
                        Bound.MAX_PENDING,
                        admission.concurrency().maxPending() + " waiting",
                        Duration.ZERO,
                        Duration.ZERO)
                : null;
    }

    Waiter.Limits limits(long now, AdmissionCall call, boolean retry) {
        AdmissionSettings settings = admission.settings();
        long most = settings.enabled() ? gatePatience(call) : 0;
        Bound bound = Bound.MAX_WAIT;
        boolean forPlace = admission.isFull() || !settings.enabled();
        long place = admission.concurrency().pendingTimeout().toNanos();
        if (forPlace && (!settings.enabled() || place < most)) {
            most = place;
            bound = Bound.PENDING_TIMEOUT;
        }
        long left = call.left(now);
        if (left <= most) {
            most = left;
            bound = Bound.DEADLINE;
        }
        return new Waiter.Limits(now + Math.max(0, most), bound, forPlace, patience(call, retry));
    }

    private long gatePatience(AdmissionCall call) {
        return Math.max(0, admission.settings().maxWait().toNanos() - call.waitedAtGate());
    }

    private long patience(AdmissionCall call, boolean retry) {
        AdmissionSettings settings = admission.settings();
        if (!settings.enabled()) {
            return 0;
        }
        Duration allowed = retry ? circuit.settings().maxWait() : settings.circuitWait();
        if (allowed.compareTo(settings.maxWait()) > 0) {
            allowed = settings.maxWait();
        }
        return Math.max(0, allowed.toNanos() - call.waitedAtCircuit());
    }

    AdmissionRejectedException rejected(Bound bound, String value, Duration waited, long now) {
        long until = Math.max(0, gate.notBefore() - now);
        return rejected(bound, value, waited, Duration.ofNanos(until));
    }

    AdmissionRejectedException rejected(Bound bound, String value, Duration waited, Duration until) {
        admission.countRejection();
        return new AdmissionRejectedException(admission.name(), bound, value, waited, until);
    }

    /** As {@link #isPatient(long, AdmissionCall)}, for the call of this Context, which is made only where it matters. */
    boolean isPatient(long now, ContextView context) {
        return AdmissionCall.priority(context, admission.settings().priority()) == Priority.BATCH
                && isPatient(now, AdmissionCall.from(context));
    }

    /** Lock-free: whether a call can well wait some seconds to find out whether there is a limit. */
    boolean isPatient(long now, AdmissionCall call) {
        AdmissionSettings settings = admission.settings();
        return settings.enabled()
                && call.priorityOr(settings.priority()) == Priority.BATCH
                && settings.maxWaiting() >= FEW_WAITING
                && Math.min(call.left(now), gatePatience(call)) >= PATIENT;
    }
}
