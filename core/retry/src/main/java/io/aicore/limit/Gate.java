package io.aicore.limit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What all calls with one credential know of their rate limit: not before when, at which pace, and how much is left. The
 * volatile fields may be read by anybody; the rate belongs to the lock of {@link Admission}.
 */
final class Gate {

    /** A longer requested delay is cut: a provider that is wrong about a day must not silence its users for one. */
    static final Duration LONGEST_HOLD = Duration.ofHours(1);

    /** The rate to begin with when too little was sent to know one. */
    static final double INITIAL_RATE = 10;

    private static final double RETRY_AFTER_SPREAD = 0.25;
    private static final long TRAFFIC = 5_000_000_000L;

    /** So many attempts say something; those of a slow lane take longer than the usual window. */
    private static final long SLOW_TRAFFIC = 30_000_000_000L;

    private static final double SLOW = 1;

    private final String key;
    private final AtomicLong notBefore;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Traffic traffic;
    private final Traffic slowTraffic;
    private final QuotaPacer requests = new QuotaPacer();
    private final QuotaPacer tokens = new QuotaPacer();
    private final PacedRate rate = new PacedRate();
    private final RefusalShare share;
    private final AtomicLong sentPaced = new AtomicLong();
    private final BatchStart start;
    private volatile boolean paced;
    private double rateBefore;

    /** Under the lock: number of lanes that use it. */
    int lanes;

    Gate(String key, long now) {
        this.key = key;
        this.notBefore = new AtomicLong(now);
        this.traffic = new Traffic(TRAFFIC, now);
        this.slowTraffic = new Traffic(SLOW_TRAFFIC, now);
        this.start = new BatchStart(now);
        this.share = new RefusalShare(now);
    }

    String key() {
        return key;
    }

    /** Whether an attempt may go without looking at others: nothing is limited, and nobody waits. */
    boolean isCalm(long now, long cost) {
        return !paced
                && waiting.get() == 0
                && notBefore.get() - now <= 0
                && requests.isFree(now, 1)
                && tokens.isFree(now, cost);
    }

    /**
     * Closes the gate for this long, spread upwards: the exact delay would bring all clients back in one instant. Refusals
     * that do not depend on our rate close nothing.
     */
    boolean hold(long now, Duration retryAfter, double random) {
        if (isTolerant(now)) {
            return false;
        }
        Duration capped = retryAfter.compareTo(LONGEST_HOLD) > 0 ? LONGEST_HOLD : retryAfter;
        return holdUntil(now + spread(capped, random));
    }

    /** In nanoseconds: at least the requested delay, which the server knows, and up to a quarter more. */
    static long spread(Duration retryAfter, double random) {
        return (long) (retryAfter.toNanos() * (1 + RETRY_AFTER_SPREAD * random));
    }

    /** Closes the gate until then; true if that is later than before. A shorter hold never shortens a longer one. */
    boolean holdUntil(long instant) {
        while (true) {
            long known = notBefore.get();
            if (instant - known <= 0) {
                return false;
            }
            if (notBefore.compareAndSet(known, instant)) {
                return true;
            }
        }
    }

    /** The instant before which nothing is sent; {@code now} or earlier: it is open. */
    long notBefore() {
        return notBefore.get();
    }

    boolean isHeld(long now) {
        return notBefore.get() - now > 0;
    }

    /** Under the lock: what a refusal says about the pace. */
    void refused(long now, boolean retry) {
        boolean wasTolerant = isTolerant(now);
        share.refused(now, sentPaced.get(), rate.isOn() ? rate.perSecond() : Double.POSITIVE_INFINITY);
        if (isTolerant(now)) {
            if (!wasTolerant) {
                rate.restore(now);
            }
            return;
        }
        if (share.isTesting()) {
            if (share.isKept()) {
                rate.atMost(now, share.half());
            }
            return;
        }
        double accepted = notRefused(now);
        // Who sends less than the initial rate would be given more than it ever used.
        boolean isNew = accepted < 0 && slowTraffic.age(now) < TRAFFIC / 2;
        double used = Math.max(traffic.rate(now), slowTraffic.rate(now));
        double initial = isNew ? INITIAL_RATE : Math.min(INITIAL_RATE, used);
        rate.known(traffic.known(now));
        rate.refused(now, accepted, initial, retry);
        paced = true;
        if (isHeld(now)) {
            rate.from(notBefore.get());
        }
    }

    /** Attempts per second that were not refused; negative if too few were made to tell. */
    private double notRefused(long now) {
        double accepted = traffic.accepted(now);
        return accepted >= 0 || slowTraffic.rate(now) > SLOW ? accepted : slowTraffic.accepted(now);
    }

    /** Counts a refusal; lock-free. */
    void countRefusal(long now) {
        traffic.refused(now);
        slowTraffic.refused(now);
        start.end();
    }

    boolean isPaced() {
        return paced;
    }

    /** Whether refusals neither slow it down nor close it, because they come at any rate. */
    boolean isTolerant(long now) {
        return share.isTolerated(now);
    }

    /** Under the lock: whether it is paced and will be for the next attempt too. */
    boolean isPaced(long now) {
        return paced && !isOver(now);
    }

    /** Under the lock. */
    void accepted(long now) {
        if (share.accepted(now, sentPaced.get())) {
            rate.engage(now, PacedRate.BACKOFF * share.acceptedRate());
        } else if (!share.isKept()) {
            rate.accepted(now, traffic.rate(now));
        }
    }

    /** True if this report is news. */
    boolean report(long now, AdmissionPermit by, RateReport report) {
        boolean ofRequests = requests.report(now, by.requestMark(), report.requests());
        boolean ofTokens = tokens.report(now, by.tokenMark(), report.tokens());
        return ofRequests || ofTokens;
    }

    void correct(AdmissionPermit by, long difference) {
        tokens.correct(by.tokenMark(), difference);
    }

    long countRequest(long now) {
        traffic.sent(now);
        slowTraffic.sent(now);
        start.sent(now);
        if (paced) {
            sentPaced.incrementAndGet();
        }
        return requests.sent(now, 1);
    }

    long countTokens(long now, long cost) {
        return tokens.sent(now, cost);
    }

    BatchStart start() {
        return start;
    }

    /** Under the lock: the instant until which an attempt has to wait; {@code now} or earlier: it need not. */
    long until(long now, long cost) {
        long held = notBefore.get();
        if (held - now > 0) {
            return held;
        }
        boolean exhausted = requests.isExhausted(now) || tokens.isExhausted(now);
        if (exhausted && rateBefore == 0) {
            rateBefore = Math.max(INITIAL_RATE, traffic.rate(now));
        } else if (!exhausted && rateBefore > 0) {
            // The reset of an exhausted quota brings back everybody who waited for it.
            if (requests.isReset(now) || tokens.isReset(now)) {
                engage(now, rateBefore);
            }
            rateBefore = 0;
        }
        long quota = Math.max(requests.until(now, 1), tokens.until(now, cost));
        return Math.max(quota, now + rate.untilNext(now));
    }

    private void engage(long now, double perSecond) {
        if (!rate.isOn() && waiting.get() > 1) {
            rate.engage(now, perSecond);
            paced = true;
        }
    }

    /** Under the lock: an attempt goes. */
    void take(long now) {
        rate.take();
        if (waiting.get() == 0 && isOver(now)) {
            rate.off();
            paced = false;
        }
    }

    private boolean isOver(long now) {
        return rate.isOver(now) && !isTolerant(now);
    }

    int waiting() {
        return waiting.get();
    }

    void enter() {
        waiting.incrementAndGet();
    }

    void leave() {
        waiting.decrementAndGet();
    }

    /** Under the lock: nanoseconds that a call which came now would wait behind those that wait already, if known. */
    long expectedQueue(long now) {
        if (!rate.isOn() || isHeld(now)) {
            return 0;
        }
        return rate.untilNext(now) + (long) (waiting.get() / rate.predicted(now) * 1e9);
    }

    /** Under the lock; attempts per second, null without a limit. */
    @Nullable
    Double perSecond() {
        return rate.isOn() ? rate.perSecond() : null;
    }

    double usedRate(long now) {
        return traffic.rate(now);
    }

    long remainingRequests(long now) {
        return requests.remaining(now);
    }

    long remainingTokens(long now) {
        return tokens.remaining(now);
    }
}
