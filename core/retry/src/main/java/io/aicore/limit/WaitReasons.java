package io.aicore.limit;

import io.aicore.limit.AdmissionEvent.WaitReason;
import java.time.Duration;

/** What keeps an attempt of a lane from going, for the listener of its call. Belongs to the lock of {@link Admission}. */
record WaitReasons(Admission admission, Gate gate, CircuitBreaker breaker, PacedReturn back, LaneQueue queue) {

    /** Tells the call of an attempt that stays in the queue. */
    void report(long now, Waiter waiter) {
        AdmissionListener listener = waiter.call().listener();
        if (listener != null) {
            waiter.reportedBy(new WaitReport(listener, began(now, waiter)));
        }
    }

    private AdmissionEvent.WaitBegan began(long now, Waiter waiter) {
        boolean enabled = admission.settings().enabled();
        if (enabled && gate.isHeld(now)) {
            return began(WaitReason.GATE, gate.notBefore() - now);
        }
        if (enabled && back.isHeld(now)) {
            return began(WaitReason.GATE, back.until(now) - now);
        }
        if (admission.isFull()) {
            return began(WaitReason.LIMIT, 0);
        }
        CircuitState state = breaker.state();
        long gated = enabled ? Math.max(gate.until(now, waiter.call().cost()) - now, gate.expectedQueue(now)) : 0;
        if (gated > 0 || state == CircuitState.CLOSED) {
            return began(WaitReason.PACE, Math.max(gated, queue.until(now, waiter) - now));
        }
        boolean known = state == CircuitState.OPEN;
        return began(
                WaitReason.CIRCUIT,
                known ? breaker.untilPermitted(waiter.isRetry()).toNanos() : 0);
    }

    private AdmissionEvent.WaitBegan began(WaitReason reason, long expected) {
        return new AdmissionEvent.WaitBegan(
                admission.name(), gate.key(), reason, Duration.ofNanos(Math.max(0, expected)));
    }
}
