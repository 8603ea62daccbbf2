package io.aicore.limit;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** What the outcomes of attempts, here and in other processes, change for those that follow. */
final class AdmissionFeedback {

    private final Admission admission;
    private final Object lock;
    private final ConcurrencyLimit limit;
    private final AdmissionLanes lanes;
    private final AdmissionStore store;
    private final DoubleSupplier random;

    AdmissionFeedback(
            Admission admission,
            Object lock,
            ConcurrencyLimit limit,
            AdmissionLanes lanes,
            DoubleSupplier random,
            AdmissionStore store) {
        this.admission = admission;
        this.lock = lock;
        this.limit = limit;
        this.lanes = lanes;
        this.random = random;
        this.store = store;
    }

    void ended(AdmissionLane lane, AdmissionPermit permit, AttemptOutcome outcome) {
        if (outcome.health() == Outcome.IGNORED && !outcome.limited()) {
            return;
        }
        Gate gate = lane.gate();
        Duration asked = outcome.retryAfter();
        if (outcome.limited()) {
            long now = admission.now();
            limit.refused(permit.number());
            gate.countRefusal(now);
            if (admission.settings().enabled()) {
                limited(gate, now, asked, permit.isRetry());
            }
        } else if (outcome.health() == Outcome.FAILURE) {
            limit.refused(permit.number());
            if (asked != null && admission.settings().enabled()) {
                long now = admission.now();
                synchronized (lock) {
                    lane.hold(now, asked, random.getAsDouble());
                }
            }
        } else {
            limit.succeeded();
            if (gate.isPaced()) {
                long now = admission.now();
                synchronized (lock) {
                    gate.accepted(now);
                }
            }
        }
        admission.queue().wake();
    }

    private void limited(Gate gate, long now, @Nullable Duration asked, boolean retry) {
        boolean later = asked != null && gate.hold(now, asked, random.getAsDouble());
        Double pace;
        synchronized (lock) {
            gate.refused(now, retry);
            pace = gate.perSecond();
        }
        Duration closed = Duration.ofNanos(Math.max(0, gate.notBefore() - now));
        if (later) {
            store.tell(new AdmissionStore.Hold(admission.name(), gate.key(), closed));
        }
        admission.emit(() -> new AdmissionEvent.Limited(admission.name(), gate.key(), closed, pace == null ? 0 : pace));
    }

    /** Another process was refused. */
    void told(AdmissionStore.Hold hold) {
        long now = admission.now();
        long until = now + hold.time().toNanos();
        Gate gate;
        synchronized (lock) {
            gate = lanes.gateToHold(hold.key(), now, until);
        }
        if (gate != null && admission.settings().enabled() && gate.holdUntil(until)) {
            admission.emit(() -> new AdmissionEvent.Limited(admission.name(), hold.key(), hold.time(), 0));
            admission.queue().wake();
        }
    }
}
