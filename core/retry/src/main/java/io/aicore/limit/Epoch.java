package io.aicore.limit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One life of a circuit: closed, open or half-open from one transition to the next, with its own counters.
 *
 * <p>An attempt keeps the epoch it was admitted under. Transitions are one CAS from that epoch, so a result can only
 * act on the epoch it belongs to; ten well-known libraries hang half-open, or let a late result decide, for lack of it.
 */
abstract sealed class Epoch permits ClosedEpoch, OpenEpoch, HalfOpenEpoch {

    final Circuit circuit;
    final long since;

    Epoch(Circuit circuit, long since) {
        this.circuit = circuit;
        this.since = since;
    }

    abstract CircuitState state();

    /**
     * Leave for one attempt, or null: refused, or (when this is no longer the circuit's epoch) to be asked again.
     *
     * @param always admit in any case (soft mode, first attempt)
     */
    abstract @Nullable Permit admit(long now, boolean always);

    /** Called once per permit, and only while this is the circuit's epoch. */
    abstract void ended(Permit permit, Outcome outcome, long now);

    /** A committed stream of a successful permit was broken by the provider. */
    abstract void broken(long now);

    /** Nanoseconds until an attempt could be admitted; 0: now. */
    abstract long untilPermitted(long now);

    /** When a call refused now should ask again. */
    long untilNextProbe(long now) {
        return untilPermitted(now);
    }

    /** When the outage began, or when the circuit closed. */
    long begin() {
        return since;
    }

    /** The settings have changed. */
    void adapt(long now) {}

    long calls(long now) {
        return 0;
    }

    long failures(long now) {
        return 0;
    }

    long overdue(long now) {
        return 0;
    }

    final CallNotPermittedException refusal(long now) {
        return new CallNotPermittedException(
                circuit.name(),
                state(),
                Duration.ofNanos(Math.max(0, now - begin())),
                Duration.ofNanos(untilNextProbe(now)));
    }
}
