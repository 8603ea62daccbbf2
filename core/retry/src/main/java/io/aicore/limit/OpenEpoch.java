package io.aicore.limit;

import org.jspecify.annotations.Nullable;

/** Admits no call until the open time is over; the first one after it becomes the probe. */
final class OpenEpoch extends Epoch {

    private final long begin;
    private final int round;
    private final int probes;
    private final long openNanos;

    /**
     * @param round number of failed probe rounds in this outage
     * @param probes how many have to fail in a row before it opens again
     */
    OpenEpoch(Circuit circuit, long since, long begin, int round, int probes, long openNanos) {
        super(circuit, since);
        this.begin = begin;
        this.round = round;
        this.probes = probes;
        this.openNanos = openNanos;
    }

    @Override
    CircuitState state() {
        return CircuitState.OPEN;
    }

    @Override
    @Nullable
    Permit admit(long now, boolean always, boolean waits) {
        if (untilPermitted(now) > 0) {
            return always ? new Permit(this, now, null) : null;
        }
        HalfOpenEpoch next = new HalfOpenEpoch(circuit, now, begin, round, probes);
        Permit probe = next.firstProbe(now);
        return circuit.transition(this, next) ? probe : null;
    }

    /** Only first attempts of the soft mode are admitted while open; they are not probes and decide nothing. */
    @Override
    void ended(Permit permit, Outcome outcome, boolean heard, long now) {}

    @Override
    void broken(long now) {}

    @Override
    boolean isSilent() {
        return true;
    }

    @Override
    long untilPermitted(long now) {
        return Math.max(0, openNanos - (now - since));
    }

    @Override
    long begin() {
        return begin;
    }
}
