package io.aicore.limit;

/**
 * Tells refusals for our rate from refusals that come at any rate, as from a provider that shares its capacity among all its
 * users and refuses a share of everybody's attempts. Slowing down helps against the former only; with the latter each cut of
 * the pace is followed by the next, down to nothing, while most attempts would be served.
 *
 * <p>The test is what a rate limit cannot do: while it refuses a share of the attempts it accepts a rate A, and at half of A it
 * refuses nothing. Wald's sequential test decides whether the share at half of A is the one before, or at most a quarter of
 * it. A share that goes on is tolerated: the pace returns to the rate before, and a delay that a refusal asks for holds its
 * own call alone. That ends with a share that is clearly larger or smaller, or after a minute without refusals. Each error
 * makes the next conclusion harder.
 *
 * <p>Not thread-safe: guarded by the lock of {@link Admission}, but for {@link #isTolerated}.
 */
final class RefusalShare {

    private static final double SECOND = 1e9;
    private static final long MEASURED = 2_000_000_000L;
    private static final int FEW_SENT = 12;
    private static final double LEAST = 0.02;
    private static final double MOST = 0.7;
    private static final double CAUTION = 0.7;
    private static final double HALF = 0.5;

    /** Attempts per second from which the test is over within seconds; slower lanes wait until refusals bring them there. */
    private static final double FAST = 10;

    private static final long MEASURED_ANEW = 15_000_000_000L;

    /** Answers to what was sent before the pace fell. */
    private static final long ON_THE_WAY = 300_000_000L;

    private static final double FEWER = 4;

    /** Logarithms of the likelihood ratios that decide. */
    private static final double TOLERABLE = 3;

    private static final double REFUTED = 4;
    private static final int MOST_DOUBT = 64;

    private static final long WATCHED = 1_000_000_000L;
    private static final int WATCHED_SENT = 30;
    private static final double LARGER_BY = 0.1;
    private static final double DEVIATIONS = 2;
    private static final double EXPECTED_REFUSALS = 8;
    private static final long FORGOTTEN = 60_000_000_000L;

    private enum Phase {
        NONE,
        MEASURING,
        LOWERING,
        TESTING,
        TOLERATED
    }

    private volatile Phase phase = Phase.NONE;
    private volatile long last;
    private long since;
    private long sentBefore;
    private int refused;
    private double share;
    private double acceptedRate;
    private double tolerated;
    private double mostTolerated;
    private long refuted;
    private int doubt = 1;

    RefusalShare(long now) {
        this.last = now;
        this.refuted = now - FORGOTTEN;
    }

    /** Whether the refusals do not depend on our rate, as far as is known. */
    boolean isTolerated(long now) {
        return phase == Phase.TOLERATED && now - last < FORGOTTEN;
    }

    /** Whether the provider is tested at half of {@link #acceptedRate()}: no refusal lowers the pace meanwhile. */
    boolean isTesting() {
        return phase == Phase.TESTING;
    }

    /** Whether the pace is kept there, for the few seconds that the test of a fast lane takes. */
    boolean isKept() {
        return phase == Phase.TESTING && acceptedRate >= FAST;
    }

    /** Attempts per second that the provider accepted while it refused the others. */
    double acceptedRate() {
        return acceptedRate;
    }

    double half() {
        return HALF * acceptedRate;
    }

    /**
     * The provider refused an attempt.
     *
     * @param sent attempts sent so far
     * @param pace attempts per second that are let through; infinite without a limit
     */
    void refused(long now, long sent, double pace) {
        if (now - last >= FORGOTTEN) {
            phase = Phase.NONE;
            doubt = 1;
        }
        last = now;
        if (phase == Phase.NONE) {
            enter(Phase.MEASURING, now, sent);
        } else if (now - since < 0) {
            sentBefore = sent;
        } else {
            refused++;
            long attempts = attempts(sent);
            switch (phase) {
                case MEASURING -> measure(now, sent, attempts);
                case LOWERING -> lower(now, sent, pace);
                case TESTING -> test(now, sent, attempts, pace);
                default -> watch(now, sent, attempts);
            }
        }
    }

    /**
     * The provider accepted an attempt.
     *
     * @return whether this refutes that refusals go on at half of the rate
     */
    boolean accepted(long now, long sent) {
        if (phase != Phase.TESTING || now - since < 0) {
            return false;
        }
        test(now, sent, attempts(sent), half());
        return phase == Phase.MEASURING;
    }

    private long attempts(long sent) {
        return Math.max(Math.max(1, refused), sent - sentBefore);
    }

    private void measure(long now, long sent, long attempts) {
        long time = now - since;
        if (time < MEASURED || attempts < FEW_SENT) {
            return;
        }
        double measured = (double) refused / attempts;
        // A few seconds with many refusals by chance must not make the usual share look small.
        share = CAUTION * Math.max(LEAST, measured);
        acceptedRate = (attempts - refused) / (time / SECOND);
        if (measured > MOST) {
            enter(Phase.MEASURING, now, sent);
        } else if (acceptedRate >= FAST && now - refuted >= FORGOTTEN) {
            enter(Phase.TESTING, now + ON_THE_WAY, sent);
        } else {
            enter(Phase.LOWERING, now, sent);
        }
    }

    private void lower(long now, long sent, double pace) {
        if (pace <= half()) {
            enter(Phase.TESTING, now + ON_THE_WAY, sent);
        } else if (now - since >= MEASURED_ANEW) {
            enter(Phase.MEASURING, now, sent);
        }
    }

    private void test(long now, long sent, long attempts, double pace) {
        if (pace > half()) {
            enter(Phase.LOWERING, now, sent);
            return;
        }
        double shareNow = (double) refused / attempts;
        if (shareNow > MOST && attempts >= FEW_SENT) {
            // The limit is lower than it was, or this is chance: the pace falls further, and is tested there.
            enter(Phase.LOWERING, now, sent);
            return;
        }
        double likelier =
                refused * Math.log(FEWER) + (attempts - refused) * Math.log((1 - share) / (1 - share / FEWER));
        if (likelier >= TOLERABLE + Math.log(doubt)) {
            tolerate(shareNow, attempts);
            enter(Phase.TOLERATED, now, sent);
        } else if (likelier <= -REFUTED) {
            refuted = now;
            enter(Phase.MEASURING, now, sent);
        }
    }

    private void watch(long now, long sent, long attempts) {
        if (now - since < WATCHED || attempts < WATCHED_SENT) {
            return;
        }
        double shareNow = (double) refused / attempts;
        boolean smaller = shareNow < tolerated / FEWER && tolerated * attempts >= EXPECTED_REFUSALS;
        if (smaller || shareNow > mostTolerated) {
            doubt = Math.min(MOST_DOUBT, 2 * doubt);
            enter(Phase.MEASURING, now, sent);
        } else {
            tolerate((tolerated + shareNow) / 2, attempts);
            enter(Phase.TOLERATED, now, sent);
        }
    }

    private void tolerate(double known, long attempts) {
        tolerated = known;
        mostTolerated = known + LARGER_BY + DEVIATIONS * Math.sqrt(known * (1 - known) / attempts);
    }

    private void enter(Phase next, long from, long sent) {
        phase = next;
        since = from;
        sentBefore = sent;
        refused = 0;
    }
}
