package io.aicore.limit;

/**
 * How a lane goes on after its provider was unavailable: those who waited at the circuit, or because a 503 asked to wait,
 * go at little more than the rate before, so that the provider meets no herd. What the circuit and the failures report may
 * come from any thread; the rest belongs to the lock of {@link Admission}.
 */
final class PacedReturn {

    private static final long SECOND = 1_000_000_000L;
    private static final long TRAFFIC = 10 * SECOND;

    /** Those who waited are caught up with at this multiple of the rate before: more is a herd, less takes too long. */
    private static final double FASTER = 1.4;

    /** While some still wait, the rate grows by this each period: the second one stays within 1.6 times the rate before. */
    private static final double STEP = 1.14;

    private static final long STEP_PERIOD = 10 * SECOND;

    /** Each second, up to what the provider is known to bear: in a trouble that comes and goes, a return may begin low. */
    private static final double KNOWN_STEP = 1.25;

    private static final double LOWEST = 1;

    /** An outage begins with a sparse second now and then; the rate of the last one says more about the demand. */
    private static final double REMEMBERED = 0.7;

    /** A request to wait that comes later than this after the last one begins a trouble of its own. */
    private static final long ONE_TROUBLE = 60 * SECOND;

    private final Traffic traffic;
    private final PacedRate pace = new PacedRate();
    private long stepped;
    private long requestedAt;
    private volatile long remembered;
    private volatile double rateBefore;
    private volatile double known;
    private volatile boolean open;
    private volatile boolean closedAgain;
    private volatile boolean heldOnce;
    private volatile boolean heldClosed;
    private volatile long heldUntil;

    PacedReturn(long now) {
        this.traffic = new Traffic(TRAFFIC, now);
        this.heldUntil = now;
        this.requestedAt = now;
        this.remembered = now - ONE_TROUBLE;
    }

    void sent(long now) {
        traffic.sent(now);
    }

    /** The circuit admits no longer; lock-free. */
    void opened(long now) {
        if (open) {
            return;
        }
        open = true;
        // A hold has stopped the traffic already: the rate before is the one before the hold.
        if (!heldOnce) {
            remember(now);
        }
    }

    /** The circuit admits again; lock-free. A probe has just succeeded, so older requests to wait are out of date. */
    void closed(long now) {
        open = false;
        heldOnce = false;
        heldUntil = now;
        closedAgain = true;
    }

    private void remember(long now) {
        double rate = traffic.rate(now);
        rateBefore = Math.max(rate, REMEMBERED * rateBefore);
        known = now - remembered >= ONE_TROUBLE ? rate : Math.max(rate, known);
        remembered = now;
    }

    /**
     * A 503 asked to wait until then. At a closed circuit it is obeyed once in a trouble: a provider that sends it
     * with each of a few failures would otherwise stand still although it serves the others.
     */
    void hold(long now, long until, boolean circuitIsClosed) {
        boolean another = now - requestedAt >= ONE_TROUBLE;
        requestedAt = now;
        if (circuitIsClosed && heldOnce && !another && !isHeld(now)) {
            return;
        }
        if (until - heldUntil <= 0) {
            return;
        }
        if (circuitIsClosed && !isHeld(now)) {
            remember(now);
            heldOnce = true;
            heldClosed = true;
        }
        heldUntil = until;
    }

    boolean isHeld(long now) {
        return heldUntil - now > 0;
    }

    /** Whether attempts have to look at the pace, or soon will. */
    boolean isOn() {
        return pace.isOn() || closedAgain || heldClosed;
    }

    /** Begins, steps up and ends the pace. */
    void observe(long now, boolean circuitIsClosed, boolean nobodyWaits, long ramp) {
        if (circuitIsClosed && closedAgain) {
            closedAgain = false;
            engage(now);
        }
        if (heldClosed) {
            heldClosed = false;
            if (!pace.isOn()) {
                engage(now);
            }
            pace.from(heldUntil);
            stepped = heldUntil;
        }
        boolean isKnown = KNOWN_STEP * pace.perSecond() <= FASTER * known;
        if (pace.isOn() && now - stepped >= (isKnown ? SECOND : STEP_PERIOD)) {
            pace.engage(now, (isKnown ? KNOWN_STEP : STEP) * pace.perSecond());
            stepped = now;
        }
        if (nobodyWaits && pace.isOn() && now - stepped >= ramp) {
            pace.off();
        }
    }

    private void engage(long now) {
        pace.engage(now, Math.max(LOWEST, FASTER * rateBefore));
        stepped = now;
    }

    /** The instant until which the next attempt has to wait; {@code now} or earlier: it need not. */
    long until(long now) {
        return Math.max(heldUntil, now + pace.untilNext(now));
    }

    void take() {
        pace.take();
    }
}
