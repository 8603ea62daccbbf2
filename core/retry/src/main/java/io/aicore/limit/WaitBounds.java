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
    private final CircuitBreaker breaker;
    private final Circuit circuit;
    private final boolean rejects;

    /**
     * @param rejects whether there is no room for the key of the lane
     */
    WaitBounds(Admission admission, Gate gate, CircuitBreaker breaker, boolean rejects) {
        this.admission = admission;
        this.gate = gate;
        this.breaker = breaker;
        this.circuit = breaker.core();
        this.rejects = rejects;
    }

    /** What keeps an attempt that comes now from waiting; null if it may wait within these limits. */
    @Nullable
    RuntimeException refusal(long now, AdmissionCall call, boolean retry) {
        AdmissionSettings settings = admission.settings();
        long left = call.left(now);
        long wait = 0;
        if (settings.enabled()) {
            if (rejects) {
                return rejected(Bound.MAX_KEYS, AdmissionLanes.MOST + " in use", Duration.ZERO, now);
            }
            if (!admission.isFull() && gate.waiting() >= settings.maxWaiting()) {
                return rejected(Bound.MAX_WAITING, settings.maxWaiting() + " waiting", Duration.ZERO, now);
            }
            wait = gate.until(now, call.cost()) - now;
            long queued = gate.expectedQueue(now);
            if (Math.max(wait, queued) > gatePatience(call)) {
                return rejected(
                        Bound.MAX_WAIT,
                        Seconds.text(settings.maxWait()),
                        Duration.ZERO,
                        Duration.ofNanos(Math.max(wait, queued)));
            }
            if (wait >= left || queued > settings.deadlineShare() * left) {
                return rejected(
                        Bound.DEADLINE,
                        Seconds.text(Duration.ofNanos(Math.max(0, left))) + " left",
                        Duration.ZERO,
                        Duration.ofNanos(Math.max(wait, queued)));
            }
        }
        // If the circuit admits it, what it did not get was a place, which has become free since.
        boolean refused = !breaker.untilPermitted(retry).isZero();
        if (!settings.enabled() && !admission.isFull() && refused) {
            circuit.countRejection();
            return circuit.refusal();
        }
        long closed = breaker.state() == CircuitState.CLOSED
                ? 0
                : breaker.untilPermitted(retry).toNanos();
        // A half-open circuit's probe may succeed at any moment, unless those before it were silent; the open time
        // passes in
        // any case.
        boolean inVain = circuit.isSilent() && closed >= Math.min(patience(call, retry), left);
        if (closed > 0 && (inVain || patience(call, retry) <= 0)) {
            circuit.countRejection();
            return circuit.refusalAfterWait();
        }
        ConcurrencySettings places = admission.concurrency();
        if (admission.isFull() && admission.queue().pending() >= places.maxPending()) {
            return rejected(Bound.MAX_PENDING, places.maxPending() + " waiting", Duration.ZERO, Duration.ZERO);
        }
        return null;
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
