package io.aicore.limit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The one permission of an attempt: for the gate, its pace, the limit of attempts in flight, the circuit and a stage of
 * the caller's. Its outcome is recorded once, at the first content or the failure; it is released once, at the end of the
 * attempt; at most one {@link #broken()} follows a success. Thread-safe and non-blocking.
 */
public final class AdmissionPermit implements Ticket {

    private static final AtomicIntegerFieldUpdater<AdmissionPermit> STATE =
            AtomicIntegerFieldUpdater.newUpdater(AdmissionPermit.class, "state");
    private static final int ENDED = 1;
    private static final int RELEASED = 2;

    /** Beside them: whether it is a retry. */
    private static final int RETRY = 4;

    private final AdmissionLane lane;
    private final Permit circuit;
    private final long number;
    private final long requestMark;
    private final long tokenMark;
    private final int cost;
    private volatile AdmissionStage.@Nullable Pass pass;
    private volatile int state;

    /**
     * @param number number of the place among the attempts in flight
     */
    AdmissionPermit(AdmissionLane lane, Permit circuit, long number, long now, long cost, boolean retry) {
        this.lane = lane;
        this.circuit = circuit;
        this.number = number;
        this.cost = (int) cost;
        STATE.lazySet(this, retry ? RETRY : 0);
        this.requestMark = lane.gate().countRequest(now);
        this.tokenMark = lane.gate().countTokens(now, cost);
    }

    /** Asks the caller's stage, last of all; what it throws if it does not admit the attempt. */
    @Nullable
    Throwable enter() {
        try {
            AdmissionStage stage = lane.stage();
            if (stage != AdmissionStage.NONE) {
                pass = stage.enter();
            }
            return null;
        } catch (Throwable thrown) {
            return Guard.signal(thrown);
        }
    }

    /** Records the outcome; the first one counts. True if this call recorded it. */
    @Override
    public boolean end(AttemptOutcome outcome) {
        if (!first(ENDED)) {
            return false;
        }
        AdmissionStage.Pass entered = pass;
        try {
            circuit.end(outcome.health());
        } finally {
            try {
                if (entered != null) {
                    entered.end(outcome);
                }
            } finally {
                lane.ended(this, outcome);
            }
        }
        return true;
    }

    @Override
    public boolean end(Outcome outcome) {
        return end(AttemptOutcome.of(outcome));
    }

    /** Ends the attempt: frees its place. Without an outcome so far, it is not counted. */
    @Override
    public void release() {
        if (first(RELEASED)) {
            try {
                end(AttemptOutcome.IGNORED);
            } finally {
                lane.released();
            }
        }
    }

    /** After a success: the provider broke the stream it had begun. Counts once, as a separate failure. */
    @Override
    public void broken() {
        circuit.broken();
    }

    /** The provider sent its first byte, see {@link Permit#firstByte()}. */
    @Override
    public void firstByte() {
        circuit.firstByte();
    }

    /** No byte is expected before the end, see {@link Permit#expectSilence()}. */
    public void expectSilence() {
        circuit.expectSilence();
    }

    /** No byte is expected for this long, see {@link Permit#expectSilence(Duration)}. */
    public void expectSilence(Duration longest) {
        circuit.expectSilence(longest);
    }

    /** What the response to this attempt says about the rate limit, whether it succeeded or not. */
    public void report(RateReport report) {
        lane.report(this, report);
    }

    /** What this attempt has cost, instead of {@link AdmissionCall#cost(long)}. */
    public void used(long tokens) {
        lane.gate().correct(this, tokens - cost);
    }

    /** Whether this attempt is the probe of a half-open circuit. */
    public boolean isProbe() {
        return circuit.isProbe();
    }

    /** Whether this call is the one that sets the flag. */
    private boolean first(int flag) {
        while (true) {
            int known = state;
            if ((known & flag) != 0) {
                return false;
            }
            if (STATE.compareAndSet(this, known, known | flag)) {
                return true;
            }
        }
    }

    long number() {
        return number;
    }

    boolean isRetry() {
        return (state & RETRY) != 0;
    }

    long requestMark() {
        return requestMark;
    }

    long tokenMark() {
        return tokenMark;
    }
}
