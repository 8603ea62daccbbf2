package io.aicore.limit;

import org.jspecify.annotations.Nullable;

/**
 * One period of a circuit between two transitions (closed, open or half-open), with its own counters.
 *
 * <p>An attempt keeps the epoch it was admitted under. A transition is one CAS from that epoch, so a result can only
 * affect the epoch it belongs to; without this, a late result decides about a later state, or a lost one leaves the
 * circuit half-open forever, as in ten well-known libraries.
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
     * Returns a permit; null if refused, or if this is no longer the circuit's epoch and the caller must ask again.
     *
     * @param always admit in any case (soft mode, first attempt)
     * @param waits the caller's attempts wait for admission and are spread out after closing
     */
    abstract @Nullable Permit admit(long now, boolean always, boolean waits);

    /**
     * Called once per permit, and only while this is the circuit's epoch.
     *
     * @param heard whether its first byte came before, or none is expected
     */
    abstract void ended(Permit permit, Outcome outcome, boolean heard, long now);

    /** The provider broke a committed stream whose permit had succeeded. */
    abstract void broken(long now);

    /** Nanoseconds until an attempt could be admitted; 0: now. */
    abstract long untilPermitted(long now);

    /** Whether nothing is to be expected before {@link #untilPermitted}: open, or probes hang one after the other. */
    boolean isSilent() {
        return false;
    }

    /** The time after which a refused call should try again. */
    long untilNextProbe(long now) {
        return untilPermitted(now);
    }

    /** Start of the outage, or of the closed period. */
    long begin() {
        return since;
    }

    /** Number of attempts that may become slow and have no outcome yet. */
    int pending() {
        return 0;
    }

    /** Applies changed settings. */
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

    final CallNotPermittedException refusal(long now, boolean waited) {
        return new CallNotPermittedException(
                circuit.name(), state(), Math.max(0, now - begin()), untilNextProbe(now), waited);
    }
}
