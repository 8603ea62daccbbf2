package io.aicore.limit;

/**
 * A token bucket whose rate falls when the provider refuses and grows back while it accepts. Off until it is told a rate.
 * Not thread-safe: guarded by the lock of {@link Admission}.
 *
 * <p>Growth is that of TCP CUBIC (RFC 9438, section 4.2; AWS's adaptive retries use it too) with a plateau: back to 97 % of
 * the rate before at once, no more than that for 4 s, then {@code W · (0.97 + 0.03 t) + 0.4 · (t - 3)³} per second after
 * {@code t} seconds, at most twice the rate that is used, and hardly above 1.6 times the rate that was accepted before the
 * refusals; four times if that is a guess. A simulation with plateau had fewer refusals than plain CUBIC at the same
 * goodput. After a collapse to nearly nothing it multiplies with each success (slow start), without a plateau if it knows
 * the rate before.
 */
final class PacedRate {

    static final double LOWEST = 0.2;

    private static final double SECOND = 1e9;
    static final double BACKOFF = 0.85;
    private static final double PLATEAU = 0.97;
    private static final double PLATEAU_SECONDS = 4;
    private static final double COLLAPSED = 0.1;
    private static final double BURST_SECONDS = 0.1;
    private static final double SETTLED_SECONDS = 5;
    private static final double SCOUTING = 1;
    private static final int SCOUTS = 16;
    private static final int SCOUTS_AT_ONCE = 3;
    private static final double FEWER = 0.5;
    private static final long EPISODE = 1_000_000_000L;
    private static final double FORGOTTEN_SECONDS = 60;

    /** Multiple of the rate before the refusals up to which it grows within seconds; beyond it, only 3 % a second. */
    private static final double CEILING = 4;

    private static final double CEILING_GROWTH = 1.03;

    /** Multiple of the rate before at which those who waited are caught up with: more is a herd. */
    private static final double CATCHING_UP = 1.6;

    private static final double CAUGHT_UP_SECONDS = 40;

    /** Multiple of slow start on a way that is known. */
    private static final double FASTER = 4;

    private boolean on;
    private double rate;
    private double best;
    private double base;
    private double origin;
    private double before;
    private boolean returns;
    private int refusals;
    private int scouts;
    private double slowStartUpTo;
    private double tokens;
    private long filled;
    private long cut;
    private long episode;

    boolean isOn() {
        return on;
    }

    double perSecond() {
        return rate;
    }

    /** Limits from now on to this rate, which grows back from there. */
    void engage(long now, double perSecond) {
        on = true;
        episode = now;
        cut = now;
        tokens = 1;
        filled = now;
        best = Math.max(LOWEST, perSecond);
        origin = best;
        rate = best;
        base = best;
        slowStartUpTo = 0;
    }

    void off() {
        on = false;
        before = 0;
        returns = false;
        refusals = 0;
        scouts = 0;
    }

    /**
     * What the provider bore before it began to refuse; counts until the limit is off again. However often it refuses and
     * accepts meanwhile, the way back leads there.
     */
    void known(double perSecond) {
        if (!on) {
            before = perSecond;
        }
    }

    /**
     * The provider refused an attempt. Refusals within a second belong to one episode and lower the rate once, by as much
     * as all of them show.
     *
     * @param accepted attempts per second that it did not refuse lately; negative if too few were made to tell
     * @param initial rate to begin with if that is unknown
     * @param retry whether the refused attempt was a retry: a first attempt has to be sent at some time in any case, a
     *     retry only adds to what is refused
     */
    void refused(long now, double accepted, double initial, boolean retry) {
        boolean begins = !on || now - episode >= EPISODE;
        if (begins) {
            base = on ? rate : Double.MAX_VALUE;
            // A collapse may take several episodes; the rate before it is that of the last success.
            origin = refusals > 0 ? origin : on ? rate : Math.max(accepted, initial);
            episode = now;
            refusals++;
            scouts += retry ? 1 : 0;
        }
        double next;
        if (accepted >= 0) {
            best = Math.max(LOWEST, Math.min(base, accepted));
            next = BACKOFF * best;
            returns = accepted < COLLAPSED * origin && before > 0;
            if (accepted < COLLAPSED * origin) {
                slowStartUpTo = Math.max(slowStartUpTo, Math.max(before, BACKOFF * origin));
                next = Math.max(next, scouting());
            }
        } else {
            next = !on ? initial : begins ? Math.max(rate / 2, scouting()) : rate;
            best = next;
            if (before > 0 && refusals > 1) {
                returns = true;
                slowStartUpTo = Math.max(slowStartUpTo, before);
            }
        }
        if (!on) {
            tokens = 1;
            filled = now;
        }
        on = true;
        cut = now;
        set(now, next);
    }

    /** Lowers the rate to this one, at which the provider is tested. */
    void atMost(long now, double perSecond) {
        if (perSecond < rate) {
            set(now, perSecond);
        }
    }

    /** The refusals were not for the rate: it grows back to the one before them, without a plateau. */
    void restore(long now) {
        refusals = 0;
        scouts = 0;
        slowStartUpTo = 0;
        returns = true;
        cut = now;
        best = rate;
    }

    /** Attempts per second that look whether the provider accepts again: one a second at first, then fewer. */
    private double scouting() {
        return scouts <= SCOUTS ? SCOUTING : Math.max(LOWEST, SCOUTING * Math.pow(FEWER, scouts - SCOUTS));
    }

    /**
     * The provider accepted an attempt.
     *
     * @param used attempts per second lately
     */
    void accepted(long now, double used) {
        if (!on) {
            return;
        }
        refusals = 0;
        scouts = 0;
        if (rate < slowStartUpTo) {
            best = Math.min(slowStartUpTo, (returns ? FASTER : 2) * rate);
            cut = now;
            set(now, best);
            return;
        }
        slowStartUpTo = 0;
        double seconds = (now - cut) / SECOND - (returns ? 0 : PLATEAU_SECONDS);
        if (seconds < 0) {
            set(now, Math.max(rate, Math.min(rate + 0.02 * best, PLATEAU * best)));
            return;
        }
        double cubic = best * (PLATEAU + 0.03 * seconds) + 0.4 * Math.pow(Math.max(0, seconds - 3), 3);
        // Many processes under one limit use what they are given until all are refused at once: the cubic growth
        // of each would overshoot by more than the limit.
        double most = Math.min(ceiling(seconds), 2 * Math.max(used, LOWEST));
        set(now, Math.max(rate, Math.min(cubic, most)));
    }

    private double ceiling(double seconds) {
        return before > 0
                ? CATCHING_UP
                        * Math.max(origin, before)
                        * Math.pow(CEILING_GROWTH, Math.max(0, seconds - CAUGHT_UP_SECONDS))
                : CEILING * origin * Math.pow(CEILING_GROWTH, seconds);
    }

    /**
     * Nothing goes before this instant, and then one attempt; after a collapse a few, until a retry was refused as well.
     */
    void from(long instant) {
        fill(instant);
        boolean scouting = rate < slowStartUpTo && scouts == 0;
        tokens = scouting ? SCOUTS_AT_ONCE : Math.min(1, tokens);
    }

    private void set(long now, double perSecond) {
        fill(now);
        rate = Math.max(LOWEST, perSecond);
        tokens = Math.min(tokens, burst());
    }

    private double burst() {
        return Math.max(1, rate * BURST_SECONDS);
    }

    private void fill(long now) {
        if (now > filled) {
            tokens = Math.max(tokens, Math.min(burst(), tokens + (now - filled) / SECOND * rate));
            filled = now;
        }
    }

    /** Nanoseconds until the next attempt may go; 0: now. */
    long untilNext(long now) {
        if (!on) {
            return 0;
        }
        fill(now);
        return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) / rate * SECOND);
    }

    void take() {
        if (on) {
            tokens -= 1;
        }
    }

    /** Whether no refusal has changed the rate for so long that a wait can be predicted from it. */
    boolean isSettled(long now) {
        return (now - cut) / SECOND >= SETTLED_SECONDS;
    }

    /** The rate at which those who wait are likely to go: soon that before the refusals, which come and go under excess. */
    double predicted(long now) {
        return isSettled(now) ? rate : Math.max(rate, returns ? CATCHING_UP * before : origin);
    }

    /** Whether no refusal came for a minute: time to stop limiting. */
    boolean isOver(long now) {
        return on && (now - cut) / SECOND >= FORGOTTEN_SECONDS && rate > slowStartUpTo;
    }
}
